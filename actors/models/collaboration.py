"""The standing collaboration: which bodies are in it, on what terms, and who coordinates."""

import datetime as dt
from functools import partial

from django.core.exceptions import ValidationError
from django.db import models, transaction
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone

from actors.models.people import User
from ostberga.lib.periods import Period, Precision
from ostberga.lib.public_pages import announce

# First parts of addresses that mean something else.
RESERVED_SLUGS = frozenset(
    [
        "admin",
        "api",
        "atagande",
        "ar",
        "brev",
        "en",
        "halsa",
        "konto",
        "kvitto",
        "mitt",
        "om",
        "personuppgifter",
        "samordna",
        "so",
        "static",
        "sv",
        "svara",
        "tillganglighet",
    ]
)


def refuse_reserved(slug: str) -> None:
    """Raises ValidationError for an address that is already taken by something else."""
    if slug in RESERVED_SLUGS:
        raise ValidationError("Adressen används redan till något annat. Välj en annan.")


class CollaborationQuerySet(models.QuerySet["Collaboration"]):
    """Collaborations as different people see them."""

    def coordinated_by(self, user: User) -> "CollaborationQuerySet":
        """Those that this person coordinates today, as coordinator or deputy."""
        return self.filter(appointments__user=user, appointments__ended_on__isnull=True).distinct()


class Collaboration(models.Model):
    """Bodies that have agreed to work together in an area, with or without a dialogue."""

    slug = models.SlugField(
        "adress",
        max_length=50,
        unique=True,
        validators=[refuse_reserved],
        help_text="Första delen av alla webbadresser.",
    )
    name = models.CharField("namn", max_length=120, help_text="Till exempel Samverkan Östberga.")
    area = models.CharField("område", max_length=120, help_text="Stadsdelen, som den brukar kallas.")
    description = models.JSONField("beskrivning", default=dict, blank=True, help_text="Kort text per språk.")
    since_start = models.DateField("sedan", help_text="När samverkan började.")
    since_precision = models.CharField(
        "noggrannhet",
        max_length=10,
        choices=Precision.choices,
        default=Precision.SEASON,
        help_text="Hur exakt startdatumet är känt.",
    )
    data_controller = models.ForeignKey(
        "actors.Organisation",
        models.PROTECT,
        related_name="+",
        help_text="Nämnden eller bolaget som är personuppgiftsansvarig.",
    )
    controller_name = models.CharField(
        "personuppgiftsansvarig",
        max_length=160,
        help_text="Nämndens eller bolagets namn som det ska stå i informationen.",
    )
    contact_email = models.EmailField("kontakt", help_text="Funktionsbrevlåda för frågor. Aldrig en persons adress.")
    minimum_group = models.PositiveSmallIntegerField(
        "minsta grupp", default=6, help_text="Om färre än så många är i en grupp visas inget om gruppen."
    )
    is_demo = models.BooleanField("demo", default=False, help_text="Märks på varje sida, export och PDF.")
    public_version = models.PositiveIntegerField(
        "version av det offentliga",
        default=1,
        help_text="Ökar när något som visas offentligt ändras; tömmer sidornas mellanlager.",
    )

    objects = CollaborationQuerySet.as_manager()

    class Meta:
        verbose_name = "samverkan"
        verbose_name_plural = "samverkan"
        constraints = [
            models.CheckConstraint(condition=Q(minimum_group__gte=6), name="minimum_group_protects"),
            models.CheckConstraint(
                condition=Q(since_precision__in=Precision.values), name="collaboration_precision_is_known"
            ),
        ]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        """The public page of the dialogue."""
        return reverse("dialogue:public", args=[self.slug])

    @property
    def since(self) -> Period:
        """Since when, as exactly as it is known."""
        return Period(self.since_start, None, Precision(self.since_precision))

    @transaction.atomic
    def bump_public_version(self) -> None:
        """Say that something public changed, so that the next visitor sees it at once."""
        Collaboration.objects.filter(pk=self.pk).update(public_version=models.F("public_version") + 1)
        self.refresh_from_db(fields=["public_version"])
        transaction.on_commit(partial(announce, self.slug, self.public_version))


class PartnershipQuerySet(models.QuerySet["Partnership"]):
    """Who was in the collaboration, and when."""

    def on(self, day: dt.date) -> "PartnershipQuerySet":
        """The composition on a day."""
        return self.filter(Q(left_on__isnull=True) | Q(left_on__gte=day), joined_on__lte=day)

    def current(self) -> "PartnershipQuerySet":
        """The composition today."""
        return self.on(timezone.localdate())

    def former(self) -> "PartnershipQuerySet":
        """Those who have left."""
        return self.filter(left_on__lt=timezone.localdate())


class Partnership(models.Model):
    """A body's place in the collaboration, in its own words: commission, role, conditions and conflicts of goals."""

    collaboration = models.ForeignKey(
        Collaboration, models.CASCADE, related_name="partnerships", help_text="Samverkan."
    )
    organisation = models.ForeignKey(
        "actors.Organisation", models.PROTECT, related_name="partnerships", help_text="Parten."
    )
    mandate = models.TextField("uppdrag", blank=True, help_text="Vad organisationen har i uppdrag att göra.")
    role_description = models.TextField("roll", blank=True, help_text="Vad den bidrar med här.")
    preconditions = models.TextField("förutsättningar", blank=True, help_text="Resurser och gränser den arbetar under.")
    goal_conflicts = models.TextField(
        "målkonflikter", blank=True, help_text="Mål som drar åt olika håll, sagda rakt ut."
    )
    joined_on = models.DateField("med sedan", help_text="Första dagen i samverkan.")
    joined_reason = models.CharField("varför med", max_length=240, blank=True, help_text="Varför parten kom med.")
    left_on = models.DateField("lämnade", null=True, blank=True, help_text="Sista dagen; tomt så länge parten är med.")
    left_reason = models.CharField("varför lämnade", max_length=240, blank=True, help_text="Varför parten lämnade.")
    confirmed_at = models.DateTimeField(
        "bekräftad", null=True, blank=True, help_text="När organisationen själv bekräftade texten."
    )
    confirmed_by = models.ForeignKey(
        User,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        help_text="Vem hos organisationen som bekräftade.",
    )

    objects = PartnershipQuerySet.as_manager()

    class Meta:
        verbose_name = "part"
        verbose_name_plural = "parter"
        ordering = ["organisation__name"]
        constraints = [
            models.UniqueConstraint(
                fields=["collaboration", "organisation"],
                condition=Q(left_on__isnull=True),
                name="one_open_partnership_each",
            ),
            models.CheckConstraint(
                condition=Q(left_on__isnull=True) | Q(left_on__gte=models.F("joined_on")),
                name="partnership_ends_after_start",
            ),
            models.CheckConstraint(
                condition=Q(left_on__isnull=True) | ~Q(left_reason=""), name="partnership_left_with_reason"
            ),
            models.CheckConstraint(
                condition=Q(confirmed_at__isnull=True, confirmed_by__isnull=True)
                | Q(confirmed_at__isnull=False, confirmed_by__isnull=False),
                name="partnership_confirmed_by_someone",
            ),
        ]

    def __str__(self) -> str:
        return str(self.organisation)

    @property
    def is_confirmed(self) -> bool:
        """Whether the body itself stands behind the text."""
        return self.confirmed_at is not None


class ExternalAddressee(models.Model):
    """A body outside the collaboration that answers for something people raise here."""

    collaboration = models.ForeignKey(Collaboration, models.CASCADE, related_name="addressees", help_text="Samverkan.")
    organisation = models.ForeignKey(
        "actors.Organisation", models.PROTECT, related_name="+", help_text="Den som står utanför."
    )
    about = models.JSONField(
        "om vad", default=dict, help_text="Vad den ansvarar för här och varför den inte är med, per språk."
    )

    class Meta:
        verbose_name = "mottagare utanför samverkan"
        verbose_name_plural = "mottagare utanför samverkan"
        constraints = [models.UniqueConstraint(fields=["collaboration", "organisation"], name="one_addressee_each")]

    def __str__(self) -> str:
        return str(self.organisation)


class CoordinatorAppointment(models.Model):
    """Who coordinates: exactly one at a time, and at most one deputy."""

    class Role(models.TextChoices):
        """The two places there are."""

        COORDINATOR = "coordinator", "samordnare"
        DEPUTY = "deputy", "ersättare"

    collaboration = models.ForeignKey(
        Collaboration, models.CASCADE, related_name="appointments", help_text="Samverkan."
    )
    user = models.ForeignKey(User, models.PROTECT, related_name="appointments", help_text="Den som är utsedd.")
    role = models.CharField(
        "roll", max_length=12, choices=Role.choices, default=Role.COORDINATOR, help_text="Samordnare eller ersättare."
    )
    started_on = models.DateField("från", default=timezone.localdate, help_text="Första dagen.")
    ended_on = models.DateField("till", null=True, blank=True, help_text="Sista dagen; tomt så länge uppdraget gäller.")

    class Meta:
        verbose_name = "samordningsansvar"
        verbose_name_plural = "samordningsansvar"
        constraints = [
            models.UniqueConstraint(
                fields=["collaboration", "role"],
                condition=Q(ended_on__isnull=True),
                name="one_active_coordinator_and_deputy",
                violation_error_message="Det finns redan någon i den rollen. Avsluta det uppdraget först.",
            ),
            models.CheckConstraint(condition=Q(role__in=["coordinator", "deputy"]), name="appointment_role_is_known"),
            models.CheckConstraint(
                condition=Q(ended_on__isnull=True) | Q(ended_on__gte=models.F("started_on")),
                name="appointment_ends_after_start",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.user} ({self.get_role_display()})"

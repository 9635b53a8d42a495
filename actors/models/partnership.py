"""Partners of the collaboration, with their terms, external organisations, and whom to contact at bodies."""

import datetime as dt

from django.db import models, transaction
from django.db.models import Exists, OuterRef, Q
from django.utils import timezone

from actors.models.collaboration import Collaboration
from actors.models.people import User
from actors.rules.rights import PREPARE, SPEAK_FOR
from ostberga.lib.authorization import require
from ostberga.lib.refusal import Refusal

# The terms that a partner confirms.
TEXTS = ("mandate", "role_description", "preconditions", "goal_conflicts")


class PartnershipQuerySet(models.QuerySet["Partnership"]):
    """Partnerships by date, and by who may speak for the organisation."""

    def on(self, day: dt.date) -> "PartnershipQuerySet":
        """Partnerships in force on a day."""
        return self.filter(Q(left_on__isnull=True) | Q(left_on__gte=day), joined_on__lte=day)

    def current(self) -> "PartnershipQuerySet":
        """Partnerships in force today."""
        return self.on(timezone.localdate())

    def former(self) -> "PartnershipQuerySet":
        """Partnerships that have ended."""
        return self.filter(left_on__lt=timezone.localdate())

    def of_bodies_of(self, user: User) -> "PartnershipQuerySet":
        """Current partnerships of organisations that this person belongs to; she may read their texts."""
        return self.current().filter(organisation__in=user.affiliations.current().values("organisation"))

    def spoken_for_by(self, user: User) -> "PartnershipQuerySet":
        """Current partnerships that she has a mandate in force for; she may edit and confirm their texts."""
        held = user.mandates.in_force().filter(
            organisation=OuterRef("organisation"), collaboration=OuterRef("collaboration")
        )
        return self.current().filter(Exists(held))


class Partnership(models.Model):
    """An organisation's place in the collaboration, with its terms: mandate, role, preconditions, goal conflicts."""

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
    accepted_at = models.DateTimeField(
        "själv sagt ja",
        null=True,
        blank=True,
        help_text="När organisationen själv sa att den är med; sedan är den part.",
    )
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
    written_at = models.DateTimeField(
        "texten ändrad", default=timezone.now, help_text="När texten senast ändrades; visar om någon läst en äldre."
    )
    written_by = models.ForeignKey(
        User, models.PROTECT, null=True, blank=True, related_name="+", help_text="Vem som ändrade texten senast."
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
            models.CheckConstraint(
                condition=Q(confirmed_at__isnull=True) | Q(accepted_at__isnull=False),
                name="partnership_confirmed_is_accepted",
            ),
        ]

    def __str__(self) -> str:
        return str(self.organisation)

    @property
    def edit_state(self) -> str:
        """Whether it has ended, for those who edit it."""
        return f"{self.organisation} har lämnat samverkan" if self.left_on else ""

    @property
    def is_confirmed(self) -> bool:
        """Whether the organisation has confirmed the text."""
        return self.confirmed_at is not None

    @property
    def is_accepted(self) -> bool:
        """Whether the organisation has itself said that it is a partner."""
        return self.accepted_at is not None

    @property
    def text_mark(self) -> str:
        """Identifies the text that was read; changes with every edit."""
        return self.written_at.isoformat()

    @transaction.atomic
    def describe(self, *, by: User, **texts: str) -> None:
        """Save the terms (`TEXTS`). Clears the confirmation if anything changed.

        Raises Refusal unless the person speaks for the organisation, or coordinates and it has confirmed no text.
        """
        self._lock()
        if all(getattr(self, name) == text for name, text in texts.items()):
            return
        if self.is_confirmed or not PREPARE.covers(by, self.collaboration):
            require(by, SPEAK_FOR, self)
        for name in TEXTS:
            setattr(self, name, texts.get(name, getattr(self, name)))
        self.written_at, self.written_by = timezone.now(), by
        self.confirmed_at = self.confirmed_by = None
        self.save(update_fields=[*TEXTS, "written_at", "written_by", "confirmed_at", "confirmed_by"])
        self.collaboration.bump_public_version()

    @transaction.atomic
    def confirm(self, *, by: User, text_mark: str) -> None:
        """Confirm the text on behalf of the organisation.

        Raises Refusal if the organisation has not confirmed that she speaks for it, the text is incomplete, or it
        changed since it was read.
        """
        self._lock()
        require(by, SPEAK_FOR, self)
        if not all([self.mandate, self.role_description]):
            raise Refusal("Skriv uppdrag och roll innan ni bekräftar.", code="nothing_to_confirm")
        if text_mark != self.text_mark:
            raise Refusal("Texten ändrades medan du läste. Läs den nya och bekräfta igen.", code="text_changed")
        self.confirmed_at, self.confirmed_by = timezone.now(), by
        self.accepted_at = self.accepted_at or self.confirmed_at
        self.save(update_fields=["confirmed_at", "confirmed_by", "accepted_at"])
        self.collaboration.bump_public_version()

    @transaction.atomic
    def accept(self) -> None:
        """Record that the organisation has said that it is a partner. Does nothing if it has said so before.

        Call it only from a verb that has proven that the organisation itself answers.
        """
        self._lock()
        if self.accepted_at is None:
            self.accepted_at = timezone.now()
            self.save(update_fields=["accepted_at"])
            self.collaboration.bump_public_version()

    def _lock(self) -> None:
        self.refresh_from_db(from_queryset=Partnership.objects.select_for_update(no_key=True))


class ExternalAddressee(models.Model):
    """An organisation outside the collaboration that is responsible for something people raise."""

    collaboration = models.ForeignKey(Collaboration, models.CASCADE, related_name="addressees", help_text="Samverkan.")
    organisation = models.ForeignKey(
        "actors.Organisation",
        models.PROTECT,
        related_name="addressee_places",
        help_text="Den som står utanför.",
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


class ContactQuerySet(models.QuerySet["Contact"]):
    """Contacts by who may read them."""

    def coordinated_by(self, user: User) -> "ContactQuerySet":
        """Those of collaborations that this person coordinates."""
        return self.filter(collaboration__in=Collaboration.objects.coordinated_by(user))


class Contact(models.Model):
    """A function at a body, for the coordinator's team to turn to. No account, and nothing is ever sent to it by us.

    It may hold personal data: for the team alone, and deleted for good with one button.
    """

    collaboration = models.ForeignKey(Collaboration, models.CASCADE, related_name="contacts", help_text="Samverkan.")
    organisation = models.ForeignKey(
        "actors.Organisation", models.PROTECT, related_name="+", help_text="Organisationen som funktionen finns hos."
    )
    function = models.CharField(
        "funktion", max_length=160, help_text="Vad den har hand om, till exempel felanmälan. Hellre det än ett namn."
    )
    name = models.CharField("namn", max_length=120, blank=True, help_text="Bara om funktionen inte räcker.")
    email = models.EmailField("e-post", blank=True, help_text="Helst en funktionsbrevlåda.")
    phone = models.CharField("telefon", max_length=40, blank=True, help_text="Helst en växel eller kundtjänst.")
    note = models.CharField("att veta", max_length=240, blank=True, help_text="Till exempel telefontider.")
    entered_by = models.ForeignKey(User, models.PROTECT, related_name="+", help_text="Vem som skrev in den.")
    entered_at = models.DateTimeField("inskriven", default=timezone.now, help_text="När den skrevs in.")

    objects = ContactQuerySet.as_manager()

    class Meta:
        verbose_name = "kontakt"
        verbose_name_plural = "kontakter"
        ordering = ["organisation__name", "function", "pk"]
        constraints = [
            models.CheckConstraint(condition=~Q(email="", phone=""), name="contact_can_be_reached"),
        ]

    def __str__(self) -> str:
        return f"{self.organisation}: {self.function}"

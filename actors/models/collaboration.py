"""The collaboration: organisations that have agreed to work together in an area; and the code that founds the first."""

from functools import partial

from django.core.exceptions import ValidationError
from django.db import models, transaction
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext

from actors.models.people import User
from actors.rules.helping import HelperTask
from actors.rules.names import list_earlier
from actors.rules.practice import PRACTICE_MARK, PRACTICE_PREFIX
from actors.rules.reserved_slugs import RESERVED_SLUGS
from ostberga.lib.periods import Period, Precision
from ostberga.lib.web.public_pages import announce_version


def refuse_reserved(slug: str) -> None:
    """Validator: raises ValidationError for a reserved slug."""
    if slug in RESERVED_SLUGS or slug.startswith(PRACTICE_PREFIX):
        raise ValidationError("Adressen används redan till något annat. Välj en annan.")


class CollaborationQuerySet(models.QuerySet["Collaboration"]):
    """Collaborations by coordinator and by organisation."""

    def coordinated_by(self, user: User) -> "CollaborationQuerySet":
        """Those that this person coordinates today, as coordinator or deputy, and the practice of each that is hers.

        Whoever prepares has the practice too: it reaches nobody (docs/adr/0054-practice.md).
        """
        appointed = user.appointments.coordinating().values("collaboration")
        hers = Q(practice_of__in=appointed) | Q(practice_of__in=self._waiting_for(user).values("pk"))
        return self.filter(Q(pk__in=appointed) | hers)

    def conversations_led_by(self, user: User) -> "CollaborationQuerySet":
        """Those where this person may write down conversations: she coordinates, or is a conversation leader today."""
        return self._coordinated_or_helped(user, "conversations_led_by")

    def coded_by(self, user: User) -> "CollaborationQuerySet":
        """Those where this person may code: she coordinates, or is a coder today. Which texts: the piles of surveys."""
        return self._coordinated_or_helped(user, "coded_by")

    def texts_written_by(self, user: User) -> "CollaborationQuerySet":
        """Those whose public texts this person may write: she coordinates, or is a communicator today."""
        return self._coordinated_or_helped(user, "texts_written_by")

    def read_by(self, user: User) -> "CollaborationQuerySet":
        """Those whose work this person may read as its coordinator does: she coordinates, or is a reader today."""
        return self._coordinated_or_helped(user, "read_by")

    def _coordinated_or_helped(self, user: User, rows: str) -> "CollaborationQuerySet":
        helped = user.helper_roles.in_force().filter(task__in=HelperTask.opening(rows)).values("collaboration")
        return self.filter(Q(pk__in=Collaboration.objects.coordinated_by(user).values("pk")) | Q(pk__in=helped))

    def prepared_by(self, user: User) -> "CollaborationQuerySet":
        """Those that she coordinates, and those founded with her as coordinator that wait for the data controller.

        A controller that lets its link expire ends the preparing, until it is asked again.
        """
        coordinated = Collaboration.objects.coordinated_by(user).values("pk")
        return self.filter(Q(pk__in=coordinated) | Q(pk__in=self._waiting_for(user).values("pk")))

    def _waiting_for(self, user: User) -> "CollaborationQuerySet":
        """Those that wait for the data controller to confirm her, by a link that can still be used."""
        asked = Q(appointment_proposals__in=user.proposals.usable().filter(role="coordinator"))
        return Collaboration.objects.filter(asked, awaits_controller=True)

    def real(self) -> "CollaborationQuerySet":
        """All but those that hold made-up answers."""
        return self.filter(practice_of=None)

    def claimed_by(self, user: User) -> "CollaborationQuerySet":
        """Those that she coordinates or is proposed to, also by a link that has expired: it is sent again."""
        asked = user.proposals.waiting().filter(role="coordinator", collaboration__awaits_controller=True)
        hers = self.coordinated_by(user).values("pk").union(asked.values("collaboration"))
        return self.filter(pk__in=hers)

    def askable_by(self, user: User) -> "CollaborationQuerySet":
        """Those where this person may send the data controller its question again."""
        return self.all() if user.is_superuser else self.prepared_by(user)

    def public(self) -> "CollaborationQuerySet":
        """Those with public pages: all but those that wait for their data controller, and practices."""
        return self.real().filter(awaits_controller=False)

    def protected_by(self, user: User) -> "CollaborationQuerySet":
        """Collaborations whose data controller has appointed this person as its data-protection officer."""
        officer = {"appointments__user": user, "appointments__ended_on__isnull": True, "appointments__role": "officer"}
        return self.filter(**officer).distinct()

    def appointable_by(self, user: User) -> "CollaborationQuerySet":
        """Those where this person may propose a coordinator: where she coordinates, and all for the administrator."""
        return self.all() if user.is_superuser else self.coordinated_by(user)


class Collaboration(models.Model):
    """Organisations that have agreed to work together in an area, with or without a dialogue."""

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
    dpo_email = models.EmailField(
        "dataskyddsombud", blank=True, help_text="Dataskyddsombudets funktionsbrevlåda. Tomt: samma som kontakt."
    )
    minimum_group = models.PositiveSmallIntegerField(
        "minsta grupp", default=6, help_text="Om färre än så många är i en grupp visas inget om gruppen."
    )
    municipality = models.CharField(
        "kommun", max_length=80, blank=True, help_text="Till exempel Stockholms stad. Skrivs i handlingarna."
    )
    languages = models.JSONField(
        "språk", default=list, blank=True, help_text="Språken som de boende talar; nya formulär får dem."
    )
    awaits_controller = models.BooleanField(
        "väntar på den personuppgiftsansvariga",
        default=False,
        help_text="Grundad, men registratorn har inte bekräftat vem som samordnar: inget syns och inget samlas in.",
    )
    practice_of = models.OneToOneField(
        "self",
        models.CASCADE,
        null=True,
        blank=True,
        editable=False,
        related_name="practice",
        help_text="Samverkan som övar här, med påhittade svar; tomt för alla andra. Ändras aldrig.",
    )
    is_demo = models.BooleanField("demo", default=False, help_text="Märks på varje sida, export och PDF.")
    public_version = models.PositiveIntegerField(
        "version av det offentliga",
        default=1,
        help_text="Ökar när något som visas offentligt ändras; tömmer sidornas mellanlager.",
    )

    # Whether the page's reader coordinates or prepares it, once a look-up has asked; no field.
    is_prepared_by_reader: bool | None = None
    # Whether the page's reader only helps here, so that it leaves out what the coordinator alone does; no field.
    is_only_helped = False

    objects = CollaborationQuerySet.as_manager()

    class Meta:
        verbose_name = "samverkan"
        verbose_name_plural = "samverkan"
        constraints = [
            models.CheckConstraint(condition=Q(minimum_group__gte=6), name="minimum_group_protects"),
            models.CheckConstraint(
                condition=Q(since_precision__in=Precision.values), name="collaboration_precision_is_known"
            ),
            models.CheckConstraint(
                condition=Q(practice_of=None)
                | Q(slug__startswith=PRACTICE_PREFIX, awaits_controller=False, is_demo=True),
                name="practice_is_known_by_its_address",
            ),
        ]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        """The public page of the dialogue."""
        return reverse("dialogue:public", args=[self.slug])

    def clean(self) -> None:
        """Refuse an address that another collaboration has had: it leads on to that one."""
        self.slug = self.slug.lower()
        if Collaboration.objects.filter(former_addresses__slug=self.slug).exclude(pk=self.pk).exists():
            raise ValidationError({"slug": "En annan samverkan har haft den adressen. Välj en annan."})

    @property
    def earlier_names(self) -> list[str]:
        """What it was called before, the latest first; the name it has now is not among them. One query."""
        return list_earlier(self.former_names.all(), self.name)

    @property
    def since(self) -> Period:
        """When it began, as exactly as it is known."""
        return Period(self.since_start, None, Precision(self.since_precision))

    @property
    def answers_for(self) -> "Collaboration":
        """The collaboration that answers for what is done here: itself, unless it is a practice."""
        return self.practice_of or self

    @property
    def fiction_mark(self) -> str:
        """What marks its pages and prints as fiction, in the language of the page; empty for one that is real."""
        if self.practice_of_id is not None:
            return gettext("Övning: påhittade svar")
        return gettext("DEMO – fiktiva uppgifter") if self.is_demo else ""

    @property
    def made_up_mark(self) -> str:
        """What its files have so that they are never brought in as real answers; empty unless it is a practice."""
        return PRACTICE_MARK if self.practice_of_id is not None else ""

    @cached_property
    def unconfirmed_bodies(self) -> frozenset[int]:
        """The keys of the partners that have not themselves said that they are with us. One query for each instance."""
        waiting = self.partnerships.filter(accepted_at__isnull=True, left_on__isnull=True)
        return frozenset(waiting.values_list("organisation", flat=True))

    @transaction.atomic
    def open_to_the_public(self) -> None:
        """Let it have public pages and be coordinated, once the data controller has confirmed who does."""
        if self.awaits_controller:
            self.awaits_controller = False
            self.save(update_fields=["awaits_controller"])
            self.bump_public_version()

    @transaction.atomic
    def leave_address(self, slug: str) -> None:
        """Let the address that it had until now lead on. Call it when another one has been saved."""
        self.former_addresses.filter(slug=self.slug).delete()  # it takes an address of its own back
        self.former_addresses.get_or_create(slug=slug)
        self.bump_public_version()
        transaction.on_commit(partial(announce_version, slug, self.public_version))  # no page is cached there any more

    @transaction.atomic
    def bump_public_version(self) -> None:
        """Invalidate cached public pages."""
        Collaboration.objects.filter(pk=self.pk).update(public_version=models.F("public_version") + 1)
        self.refresh_from_db(fields=["public_version"])
        transaction.on_commit(partial(announce_version, self.slug, self.public_version))


class FoundingCode(models.Model):
    """The code that lets whoever installed found the first collaboration on a page. At most one, gone once used."""

    code_hash = models.CharField(max_length=64, unique=True, help_text="Hash av engångskoden.")
    made_at = models.DateTimeField("skriven", default=timezone.now, help_text="När koden skrevs ut.")

    class Meta:
        verbose_name = "engångskod för grundandet"
        verbose_name_plural = "engångskoder för grundandet"

    def __str__(self) -> str:
        return f"skriven {self.made_at:%Y-%m-%d}"

"""Waves of a form, and the interviews and group conversations held during the same period."""

import datetime as dt
import uuid

from django.db import models, transaction
from django.db.models import F, Q
from django.utils import timezone
from django.utils.formats import date_format

from actors.models import Collaboration, User
from actors.rules.rights import COORDINATE
from ostberga.lib.authorization import require
from ostberga.lib.privacy.encrypted import EncryptedTextField
from ostberga.lib.refusal import Refusal
from ostberga.lib.translations.languages import SOURCE
from surveys.models.piles import PiledText
from surveys.models.survey import Survey
from surveys.rules.languages import LANGUAGE_CHOICES
from surveys.rules.roles import Role, count_in_words


class WaveQuerySet(models.QuerySet["Wave"]):
    """QuerySet of waves."""

    def open(self, day: dt.date | None = None) -> "WaveQuerySet":
        """Waves that accept answers on `day` (default today)."""
        day = day or timezone.localdate()
        return self.filter(
            Q(closes_on__isnull=True) | Q(closes_on__gte=day),
            opened_at__isnull=False,
            closed_at__isnull=True,
            opens_on__lte=day,
        )

    def coordinated_by(self, user: User) -> "WaveQuerySet":
        """Waves this user may edit."""
        return self.filter(survey__in=Survey.objects.coordinated_by(user))

    def conversations_led_by(self, user: User) -> "WaveQuerySet":
        """Waves in which this person may write down conversations."""
        return self.filter(survey__collaboration__in=Collaboration.objects.conversations_led_by(user))

    def to_write_in(self) -> "WaveQuerySet":
        """Waves that paper forms and conversations can be registered in: opened at some time, open ones first."""
        return self.filter(opened_at__isnull=False).order_by(F("closed_at").desc(nulls_first=True), "-opens_on")

    def opened(self) -> "WaveQuerySet":
        """Waves opened and not closed by the coordinator, whatever their dates; at most one per form."""
        return self.filter(opened_at__isnull=False, closed_at__isnull=True)


class Wave(models.Model):
    """One fielding period of a form. Responses, interviews and group conversations of the period belong to it."""

    survey = models.ForeignKey(Survey, models.PROTECT, related_name="waves", help_text="Formuläret.")
    number = models.PositiveSmallIntegerField("nummer", help_text="Första gången är 1.")
    title = models.CharField("namn", max_length=80, help_text="Till exempel Våren 2016.")
    opens_on = models.DateField("öppnar", help_text="Första dagen svar tas emot.")
    closes_on = models.DateField(
        "stänger", null=True, blank=True, help_text="Sista dagen; tomt om den är öppen tills vidare."
    )
    opened_at = models.DateTimeField("öppnad", null=True, blank=True, help_text="När samordnaren öppnade.")
    opened_by = models.ForeignKey(
        User, models.PROTECT, null=True, blank=True, related_name="+", help_text="Vem som öppnade."
    )
    closed_at = models.DateTimeField("stängd", null=True, blank=True, help_text="När samordnaren stängde.")
    closed_by = models.ForeignKey(
        User, models.PROTECT, null=True, blank=True, related_name="+", help_text="Vem som stängde."
    )

    large_groups = models.JSONField(
        "grupper som får nämnas",
        null=True,
        blank=True,
        help_text="Roller, språk och roll med språk som tillräckligt många hördes i när omgången först stängdes; bara "
        "de får stå bredvid citat. Tom tills dess, och oförändrad om den öppnas igen.",
    )

    objects = WaveQuerySet.as_manager()

    class Meta:
        verbose_name = "omgång av formulär"
        verbose_name_plural = "omgångar av formulär"
        ordering = ["-opens_on", "-number"]
        constraints = [
            models.UniqueConstraint(fields=["survey", "number"], name="wave_numbers_differ"),
            models.UniqueConstraint(
                fields=["survey"],
                condition=Q(opened_at__isnull=False, closed_at__isnull=True),
                name="one_open_wave_per_survey",
            ),
            models.CheckConstraint(
                condition=Q(closes_on__isnull=True) | Q(closes_on__gte=F("opens_on")),
                name="wave_closes_after_opening",
            ),
            models.CheckConstraint(
                condition=Q(closed_at__isnull=True) | Q(opened_at__isnull=False), name="wave_closed_after_opened"
            ),
            models.CheckConstraint(
                condition=Q(closed_at__isnull=True) | Q(large_groups__isnull=False),
                name="closed_wave_has_its_large_groups",
            ),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def accepts_answers(self) -> bool:
        """Whether an answer received today is on time."""
        return self.accepts_answers_on(timezone.localdate())

    def accepts_answers_on(self, day: dt.date) -> bool:
        """Whether an answer received on `day` was on time; an earlier day may lie before the wave was closed."""
        if day < timezone.localdate():
            return self.was_open_on(day)
        return self.closed_at is None and self.was_open_on(day)

    def was_open_on(self, day: dt.date) -> bool:
        """Whether the day is one of the wave's, also the day it was closed."""
        last_days = [self.closes_on, timezone.localdate(self.closed_at) if self.closed_at else None]
        ends = [last for last in last_days if last is not None]
        return self.opened_at is not None and self.opens_on <= day and all(day <= last for last in ends)

    @property
    def state(self) -> str:
        """One of: planned, waiting (opened, before its first day), open, over (after its last day), closed."""
        if self.opened_at is None:
            return "planned"
        if self.closed_at is not None:
            return "closed"
        if self.accepts_answers:
            return "open"
        return "waiting" if self.opens_on > timezone.localdate() else "over"

    @property
    def state_label(self) -> str:
        """The state in words."""
        labels = {
            "planned": "Planerad",
            "waiting": f"Öppnar {date_format(self.opens_on, 'j F')}",
            "open": "Öppen",
            "over": "Sista dagen har passerat",
        }
        return labels.get(self.state, "Stängd")

    @transaction.atomic
    def open(self, *, by: User, at: dt.datetime | None = None) -> None:
        """Start accepting answers from its first day. Raises Refusal when another wave of the form is open."""
        require(by, COORDINATE, self)
        self.lock()
        if self.opened_at is not None:
            raise Refusal(f"{self.title} är redan öppnad.", code="already_opened")
        self._refuse_second_open_wave()
        self._refuse_empty_form()
        self.opened_at, self.opened_by = at or timezone.now(), by
        self.save(update_fields=["opened_at", "opened_by"])
        self.survey.record_change(by=by, kind="opened", wave_id=self.pk, at=at)

    @transaction.atomic
    def reopen(self, *, by: User, reason: str) -> None:
        """Accept answers again, with a reason that is stored. A last day in the past is cleared."""
        require(by, COORDINATE, self)
        self.lock()
        if self.closed_at is None:
            raise Refusal(f"{self.title} är inte stängd.", code="not_closed")
        if not reason.strip():
            raise Refusal("Skriv varför omgången öppnas igen, så att det går att förstå efteråt.", code="reason_needed")
        self._refuse_second_open_wave()
        if self.closes_on is not None and self.closes_on < timezone.localdate():
            self.closes_on = None
        self.closed_at = self.closed_by = None
        self.save(update_fields=["closed_at", "closed_by", "closes_on"])
        self.survey.record_change(by=by, kind="reopened", wave_id=self.pk, reason=reason.strip())

    def lock(self) -> None:
        """Lock the form before the wave, so that two waves cannot be opened at the same time."""
        Survey.objects.select_for_update(no_key=True).get(pk=self.survey_id)
        self.refresh_from_db(from_queryset=Wave.objects.select_for_update(no_key=True))

    def _refuse_second_open_wave(self) -> None:
        other = self.survey.waves.opened().exclude(pk=self.pk).first()
        if other is not None:
            raise Refusal(
                f"Bara en omgång i taget kan vara öppen. Stäng {other.title} först.",
                who="Du som samordnar.",
                code="another_wave_open",
            )

    def _refuse_empty_form(self) -> None:
        if not self.survey.questions.current().exists():
            raise Refusal("Formuläret har inga frågor än. Lägg till minst en fråga först.", code="no_questions")


class InterviewQuerySet(models.QuerySet["Interview"]):
    """QuerySet of conversations."""

    def conversations_led_by(self, user: User) -> "InterviewQuerySet":
        """Conversations that this person may see and correct: all that she coordinates, else those she wrote down."""
        hers = Q(registered_by=user, wave__in=Wave.objects.conversations_led_by(user))
        return self.filter(hers | Q(wave__in=Wave.objects.coordinated_by(user)))

    def in_piles_of(self, user: User) -> "InterviewQuerySet":
        """Conversations that were dealt to this person to read, as long as she is a coder there."""
        piled = PiledText.objects.in_hands_of(user).filter(interview__isnull=False)
        return self.filter(pk__in=piled.values("interview"))

    def coded_by(self, user: User) -> "InterviewQuerySet":
        """Conversations that this person may read and code: those she coordinates, and those in her piles."""
        coordinated = Q(wave__in=Wave.objects.coordinated_by(user))
        return self.filter(coordinated | Q(pk__in=self.in_piles_of(user).values("pk")))


class Interview(models.Model):
    """One conversation: notes and the categories of the participants, never their identity."""

    class Mode(models.TextChoices):
        """The form of the conversation."""

        INDIVIDUAL = "individual", "enskilt samtal"
        GROUP = "group", "gruppsamtal"
        WALK = "walk", "promenad"
        PHONE = "phone", "telefon"
        MEETING = "meeting", "öppet möte"

    id = models.UUIDField(
        primary_key=True, default=uuid.uuid4, editable=False, help_text="Slumpat, så att ordningen inget säger."
    )
    wave = models.ForeignKey(Wave, models.PROTECT, related_name="interviews", help_text="Omgången samtalet hör till.")
    mode = models.CharField(
        "sätt", max_length=12, choices=Mode.choices, default=Mode.INDIVIDUAL, help_text="Hur vi möttes."
    )
    place = models.CharField(
        "plats", max_length=120, blank=True, help_text="I stora drag: biblioteket, torget. Aldrig en adress."
    )
    language = models.CharField(
        "språk", max_length=2, choices=LANGUAGE_CHOICES, default=SOURCE, help_text="Språket vi talade."
    )
    held_on = models.DateField("datum", default=timezone.localdate, help_text="Dagen för samtalet.")
    notes = EncryptedTextField(
        "anteckningar", blank=True, help_text="Det som sades. Krypteras och visas bara för samordnarens grupp."
    )
    registered_by = models.ForeignKey(User, models.PROTECT, related_name="+", help_text="Vem som skrev in samtalet.")
    registered_on = models.DateField("inskrivet", default=timezone.localdate, help_text="Dagen det skrevs in.")
    receipt_hash = models.CharField(max_length=64, unique=True, help_text="HMAC av kvittokoden på lappen.")
    coded_at = models.DateTimeField(
        "genomgånget", null=True, blank=True, help_text="När hela anteckningen var genomgången."
    )
    changed_by = models.ForeignKey(
        User, models.PROTECT, null=True, blank=True, related_name="+", help_text="Vem som senast rättade uppgifterna."
    )
    changed_on = models.DateField("rättat", null=True, blank=True, help_text="Dagen uppgifterna senast rättades.")

    objects = InterviewQuerySet.as_manager()

    class Meta:
        verbose_name = "samtal"
        verbose_name_plural = "samtal"
        ordering = ["-held_on", "place"]
        constraints = [
            models.CheckConstraint(
                condition=Q(mode__in=["individual", "group", "walk", "phone", "meeting"]),
                name="interview_mode_is_known",
            )
        ]

    def __str__(self) -> str:
        return f"{self.get_mode_display()} {self.held_on:%Y-%m-%d}"

    @property
    def has_place_of_its_own(self) -> bool:
        """Whether a place is written that says more than how they talked: not «telefon» of a call."""
        return bool(self.place) and self.place.casefold() != self.get_mode_display().casefold()


class Heard(models.Model):
    """The number of people with a role in a conversation."""

    interview = models.ForeignKey(Interview, models.CASCADE, related_name="heard", help_text="Samtalet.")
    role = models.CharField("roll", max_length=12, choices=Role.choices, help_text="Kategorin.")
    number = models.PositiveSmallIntegerField("antal", help_text="Hur många personer.")

    class Meta:
        verbose_name = "hörda"
        verbose_name_plural = "hörda"
        constraints = [
            models.UniqueConstraint(fields=["interview", "role"], name="one_count_per_role"),
            models.CheckConstraint(condition=Q(number__gte=1), name="heard_at_least_one"),
            models.CheckConstraint(condition=Q(role__in=Role.values), name="heard_role_is_known"),
        ]

    def __str__(self) -> str:
        return count_in_words(self.role, self.number)

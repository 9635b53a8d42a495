"""Dialogues: purpose, what can be influenced, thresholds, and the periods of the five steps."""

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence

from django.db import models, transaction
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone

from actors.models import Collaboration, User
from actors.rules.rights import COORDINATE, PREPARE
from dialogue.rules.staircase import Step, Thresholds
from ostberga.lib.authorization import require
from ostberga.lib.locking import lock, take_turns
from ostberga.lib.periods import Period, Precision
from ostberga.lib.refusal import Refusal
from surveys.models import GuidingQuestion, Survey

Texts = Mapping[str, str]  # language → text


def all_seats() -> list[str]:
    """Return the roles that must have a seat in a working group, unless a dialogue says otherwise."""
    return list(Thresholds().seats)


class DialogueQuerySet(models.QuerySet["Dialogue"]):
    """Dialogues as different people see them."""

    def current(self) -> "DialogueQuerySet":
        """The current one of each collaboration."""
        return self.filter(is_current=True)

    def earlier(self) -> "DialogueQuerySet":
        """Those that have ended, the latest first. They can still be read."""
        return self.filter(ended_on__isnull=False).order_by("-ended_on", "-pk")

    def begun(self) -> "DialogueQuerySet":
        """The current and the ended ones, not those being prepared, of collaborations with public pages."""
        there = Collaboration.objects.public()
        return self.filter(Q(is_current=True) | Q(ended_on__isnull=False), collaboration__in=there)

    def prepared(self) -> "DialogueQuerySet":
        """Those that have not begun."""
        return self.filter(is_current=False, ended_on=None)

    def coordinated_by(self, user: User) -> "DialogueQuerySet":
        """Those that this person coordinates."""
        return self.filter(collaboration__in=Collaboration.objects.coordinated_by(user))

    def prepared_by(self, user: User) -> "DialogueQuerySet":
        """Those that this person coordinates or prepares."""
        return self.filter(collaboration__in=Collaboration.objects.prepared_by(user))


class Dialogue(models.Model):
    """One medskapande dialog with a guiding question. A collaboration has one current; earlier ones are kept."""

    collaboration = models.ForeignKey(
        Collaboration, models.PROTECT, related_name="dialogues", help_text="Samverkan som för dialogen."
    )
    guiding_question = models.ForeignKey(
        GuidingQuestion, models.PROTECT, related_name="dialogues", help_text="Frågan alla får."
    )
    surveys = models.ManyToManyField(
        Survey, related_name="dialogues", blank=True, help_text="Formulären som hör till dialogen."
    )
    title = models.JSONField("rubrik", default=dict, help_text="Dialogens namn per språk.")
    purpose = models.JSONField("syfte", default=dict, help_text="Varför vi för dialogen, per språk.")
    can_influence = models.JSONField("kan påverkas", default=dict, help_text="Vad som går att påverka, per språk.")
    cannot_influence = models.JSONField(
        "kan inte påverkas", default=dict, help_text="Vad som inte går att påverka, per språk."
    )
    who_decides = models.JSONField("vem bestämmer", default=dict, help_text="Vem som bestämmer vad, per språk.")
    is_current = models.BooleanField("pågår", default=True, help_text="Bara en dialog i taget pågår i en samverkan.")
    ended_on = models.DateField(
        "avslutad", null=True, blank=True, help_text="Dagen en ny dialog tog vid; tomt om den pågår eller förbereds."
    )

    gate_roles = models.PositiveSmallIntegerField(
        "minst så många roller", default=2, help_text="Så många roller ska ha hörts innan en fråga lämnar intervjuerna."
    )
    gate_resident = models.BooleanField(
        "boende ska ha hörts", default=True, help_text="Om minst en av rollerna ska vara boende."
    )
    gate_readers = models.BooleanField(
        "berörda ska ha läst", default=True, help_text="Om berörda parter ska bekräfta att de läst rapporten."
    )
    gate_seats = models.JSONField(
        "platser i arbetsgrupp", default=all_seats, help_text="Roller som ska ha en plats i arbetsgruppen."
    )
    silent_days = models.PositiveSmallIntegerField(
        "tyst så länge", default=90, help_text="Efter så många dagar utan nyheter frågar vi hur en aktivitet går."
    )
    follow_months = models.PositiveSmallIntegerField(
        "månader efter svaret", default=12, help_text="Så länge efter en frågas sista svar minns vi vem som följer den."
    )
    started_missing = models.JSONField(
        "saknades vid starten", default=list, blank=True, help_text="Det som saknades när dialogen ändå började."
    )
    started_reason = models.TextField(
        "varför den började ändå", blank=True, help_text="Skälet, som det visas offentligt."
    )

    objects = DialogueQuerySet.as_manager()

    class Meta:
        verbose_name = "dialog"
        verbose_name_plural = "dialoger"
        ordering = ["-is_current", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["collaboration"], condition=Q(is_current=True), name="one_current_dialogue_each"
            ),
            models.CheckConstraint(
                condition=Q(started_missing=[]) | ~Q(started_reason=""), name="dialogue_started_despite_with_reason"
            ),
            models.CheckConstraint(
                condition=Q(is_current=False) | Q(ended_on__isnull=True), name="current_dialogue_has_not_ended"
            ),
        ]

    def __str__(self) -> str:
        return str(self.title.get("sv", ""))

    def get_absolute_url(self) -> str:
        """The public page."""
        if self.ended_on is not None:
            return reverse("dialogue:earlier", args=[self.collaboration.slug, self.pk])
        return reverse("dialogue:public", args=[self.collaboration.slug])

    @property
    def thresholds(self) -> Thresholds:
        """What the dialogue requires of its issues before they move to the next step."""
        return Thresholds(self.gate_roles, self.gate_resident, self.gate_readers, tuple(self.gate_seats))

    @property
    def is_prepared(self) -> bool:
        """Whether it has not begun, so that only the coordinator sees it."""
        return not self.is_current and self.ended_on is None

    @transaction.atomic
    def describe(self, *, by: User, surveys: Iterable[Survey], question: Texts, texts: Mapping[str, Texts]) -> None:
        """Change the texts, the guiding question and the surveys. `texts` is by field name: title, purpose etc."""
        require(by, PREPARE, self)
        lock(*self.rows_of_texts())
        for name, text in texts.items():
            setattr(self, name, dict(text))
        self.surveys.set(surveys)
        self._ask(question, by)
        self.save()
        self.events.create(kind="described", by=by)
        self.collaboration.bump_public_version()

    @transaction.atomic
    def make_current(
        self, *, by: User, on: dt.date | None = None, missing: Sequence[str] = (), reason: str = ""
    ) -> None:
        """Make this the current dialogue, and end the previous one. Raises Refusal when it is current already.

        `missing` lists what was missing, and `reason` why it began anyway; both are shown publicly. Called by
        `planning.start_dialogue`.
        """
        require(by, COORDINATE, self)
        self._lock()
        if self.is_current:
            raise Refusal("Dialogen pågår redan.", code="already_current")
        at = timezone.now() if on is None else timezone.make_aware(dt.datetime.combine(on, dt.time(9)))
        on = timezone.localdate(at)
        Dialogue.objects.filter(collaboration=self.collaboration_id, is_current=True).update(
            is_current=False, ended_on=on
        )
        self.is_current, self.ended_on = True, None
        self.started_missing, self.started_reason = [*missing], reason
        self.save(update_fields=["is_current", "ended_on", "started_missing", "started_reason"])
        self.events.create(kind="made_current", by=by, at=at)
        self.collaboration.bump_public_version()

    def rows_of_texts(self) -> "list[models.Model]":
        """The rows that hold its texts: itself, its guiding question, and the forms that ask it. To lock."""
        asking = Survey.objects.filter(guiding_question=self.guiding_question_id)
        return [self, self.guiding_question, *asking]

    def _ask(self, question: Texts, by: User) -> None:
        """Change the text of the guiding question, also in the surveys that ask it. Ended dialogues keep theirs."""
        if dict(question) == self.guiding_question.text:
            return
        asking = list(Survey.objects.filter(guiding_question=self.guiding_question_id))
        if Dialogue.objects.earlier().filter(guiding_question=self.guiding_question_id).exists():
            self.guiding_question = GuidingQuestion(collaboration=self.collaboration)
            asking = [survey for survey in asking if survey in self.surveys.all()]
        self.guiding_question.text = dict(question)
        self.guiding_question.save()
        for survey in asking:
            Survey.objects.filter(pk=survey.pk).update(guiding_question=self.guiding_question)
            survey.record_change(by=by, what="vägledande fråga")

    def _lock(self) -> None:
        """Take turns too, since only one of the collaboration's dialogues may be current."""
        take_turns(self.collaboration)
        self.refresh_from_db(from_queryset=Dialogue.objects.select_for_update(no_key=True))


class ProcessStep(models.Model):
    """The period of a step in a round of a dialogue. Periods may overlap, be approximate, and have no end."""

    dialogue = models.ForeignKey(Dialogue, models.CASCADE, related_name="steps", help_text="Dialogen.")
    round_number = models.PositiveSmallIntegerField(
        "omgång", default=1, help_text="Vilket varv i trappan perioden gäller."
    )
    step = models.PositiveSmallIntegerField("steg", choices=Step.choices, help_text="Vilket av de fem stegen.")
    name = models.JSONField(
        "namn", default=dict, blank=True, help_text="Stegets namn med egna ord, per språk. Tomt: det vanliga namnet."
    )
    description = models.JSONField(
        "beskrivning", default=dict, blank=True, help_text="Vad som händer i steget, per språk."
    )
    start = models.DateField("början", help_text="Första dagen.")
    end = models.DateField("slut", null=True, blank=True, help_text="Sista dagen; tomt om steget är öppet.")
    precision = models.CharField(
        "noggrannhet",
        max_length=10,
        choices=Precision.choices,
        default=Precision.MONTH,
        help_text="Hur exakt tiden är känd.",
    )
    loops_to = models.PositiveSmallIntegerField(
        "leder tillbaka till",
        null=True,
        blank=True,
        choices=Step.choices,
        help_text="⇌ Steget som ett nytt varv börjar i.",
    )

    class Meta:
        verbose_name = "steg"
        verbose_name_plural = "steg"
        ordering = ["round_number", "step"]
        constraints = [
            models.UniqueConstraint(fields=["dialogue", "round_number", "step"], name="one_period_per_step_and_round"),
            models.CheckConstraint(condition=Q(step__in=Step.values), name="process_step_is_known"),
            models.CheckConstraint(
                condition=Q(end__isnull=True) | Q(end__gte=models.F("start")), name="process_step_ends_after_start"
            ),
            models.CheckConstraint(condition=Q(precision__in=Precision.values), name="process_step_precision_is_known"),
        ]

    def __str__(self) -> str:
        return f"{self.get_step_display()} {self.period.label()}"

    @property
    def period(self) -> Period:
        """Its period, as exactly as it is known."""
        return Period(self.start, self.end, Precision(self.precision))

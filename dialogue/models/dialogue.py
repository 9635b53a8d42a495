"""Dialogues: purpose, what can be influenced, thresholds, when they began and ended, and where their pages stand."""

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence

from django.db import models, transaction
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone

from actors.models import Collaboration, User
from actors.rules.rights import COORDINATE, PREPARE
from dialogue.rules.process_stages import ShowsIssuesAtStages
from dialogue.rules.staircase import Thresholds
from ostberga.lib.authorization import require
from ostberga.lib.locking import lock, take_turns
from ostberga.lib.refusal import Refusal
from surveys.models import GuidingQuestion, Survey

Texts = Mapping[str, str]  # language → text
# Where what a form has heard stands: answers, what was said at a conversation, and what was taken out of either.
HEARD = ("waves__responses", "waves__interviews", "waves__statements")
STATE = ["is_current", "has_own_address", "started_on", "ended_on"]  # what its beginning and end change


def all_seats() -> list[str]:
    """Return the roles that must have a seat in a working group, unless a dialogue says otherwise."""
    return list(Thresholds().seats)


class DialogueQuerySet(models.QuerySet["Dialogue"]):
    """Dialogues as different people see them."""

    def current(self) -> "DialogueQuerySet":
        """Those that go on: any number in a collaboration."""
        return self.filter(is_current=True)

    def standing_at(self, place: str, name: str = "") -> "DialogueQuerySet":
        """The one whose public pages stand at this address: at the front of the collaboration, or below its name."""
        here, at_front = self.begun().filter(collaboration__slug=place), Q(is_current=True, has_own_address=False)
        return here.filter(slug=name).exclude(at_front) if name else here.filter(at_front)

    def earlier(self) -> "DialogueQuerySet":
        """Those that have ended, the latest first. They can still be read."""
        return self.filter(ended_on__isnull=False).order_by("-ended_on", "-pk")

    def begun(self) -> "DialogueQuerySet":
        """Those that go on and those that have ended, not those being prepared, of collaborations with public pages."""
        there = Collaboration.objects.public()
        return self.filter(Q(is_current=True) | Q(ended_on__isnull=False), collaboration__in=there)

    def not_ended(self) -> "DialogueQuerySet":
        """Those that go on and those being prepared."""
        return self.filter(ended_on=None)

    def prepared(self) -> "DialogueQuerySet":
        """Those that have not begun."""
        return self.filter(is_current=False, ended_on=None)

    def coordinated_by(self, user: User) -> "DialogueQuerySet":
        """Those that this person coordinates."""
        return self.filter(collaboration__in=Collaboration.objects.coordinated_by(user))

    def read_by(self, user: User) -> "DialogueQuerySet":
        """Those that this person coordinates, or helps with as a reader."""
        return self.filter(collaboration__in=Collaboration.objects.read_by(user))

    def texts_written_by(self, user: User) -> "DialogueQuerySet":
        """Those whose public texts this person may write: she coordinates, or is a communicator there."""
        return self.filter(collaboration__in=Collaboration.objects.texts_written_by(user))

    def prepared_by(self, user: User) -> "DialogueQuerySet":
        """Those that this person coordinates or prepares."""
        return self.filter(collaboration__in=Collaboration.objects.prepared_by(user))


class Dialogue(ShowsIssuesAtStages, models.Model):
    """One medskapande dialog with a guiding question. Several may go on at once; those that have ended are kept."""

    collaboration = models.ForeignKey(
        Collaboration, models.PROTECT, related_name="dialogues", help_text="Samverkan som för dialogen."
    )
    slug = models.SlugField("adress", max_length=80, help_text="Dialogens del av webbadressen: dialog/<adress>/.")
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
    is_current = models.BooleanField(
        "pågår", default=True, help_text="Fler dialoger kan pågå samtidigt i en samverkan."
    )
    has_own_address = models.BooleanField(
        "egen adress",
        default=False,
        help_text="Pågår fler ligger den under sitt namn, annars på samverkans första sida.",
    )
    started_on = models.DateField("började", null=True, blank=True, help_text="Dagen den började första gången.")
    ended_on = models.DateField(
        "avslutad", null=True, blank=True, help_text="Dagen den avslutades; tomt om den pågår eller förbereds."
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
            models.UniqueConstraint(fields=["collaboration", "slug"], name="dialogue_addresses_differ"),
            models.UniqueConstraint(
                fields=["collaboration"],
                condition=Q(is_current=True, has_own_address=False),
                name="one_dialogue_at_the_front",
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
        return self.address("public")

    def get_issues_url(self) -> str:
        """The public list of its issues."""
        return self.address("issues")

    def get_results_url(self) -> str:
        """The public page of what came of its issues; of the whole collaboration's while it goes on alone."""
        here = self.collaboration.slug
        if not self.has_own_address:
            return reverse("dialogue:results", args=[here])
        return reverse("dialogue:results-chosen", args=[here, f"dialog-{self.slug}"])

    def address(self, page: str, *keys: object) -> str:
        """The path of one of its public pages, by URL name: at the collaboration's front, or below its own name."""
        place = self.collaboration.slug
        if self.ended_on is None and not self.has_own_address:
            return reverse(f"dialogue:{page}", args=[place, *keys])
        return reverse(f"dialogue:own-{page}", args=[place, self.slug, *keys])

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
        """Change the texts, the guiding question and the surveys. `texts` is by field name: title, purpose etc.

        Raises Refusal as `refuse_surveys` does.
        """
        require(by, PREPARE, self)
        surveys = list(surveys)
        lock(*self.rows_of_texts(), *surveys)
        self.refuse_surveys(surveys)
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
        """Begin this dialogue beside those that go on, also one that has ended.

        Raises Refusal when it goes on already, or when another that has not ended has got one of its forms since.

        `missing` lists what was missing, and `reason` why it began anyway; both are shown publicly. Called by
        `planning.start_dialogue`.
        """
        require(by, COORDINATE, self)
        self._lock(*self.surveys.all())
        if self.is_current:
            raise Refusal("Dialogen pågår redan.", code="already_current")
        if other := self._other_with(self.surveys.values_list("pk", flat=True)):
            why = f"Ett av dess formulär hör nu till «{other}». Avsluta den först."
            raise Refusal(why, who="Samordnaren avslutar den andra dialogen", code="form_of_another")
        at = timezone.now() if on is None else timezone.make_aware(dt.datetime.combine(on, dt.time(9)))
        beside = self.collaboration.dialogues.current()
        self.has_own_address = beside.exists()
        beside.update(has_own_address=True)
        self.is_current, self.ended_on = True, None
        self.started_on = self.started_on or timezone.localdate(at)
        self.started_missing, self.started_reason = [*missing], reason
        self.save(update_fields=[*STATE, "started_missing", "started_reason"])
        self.events.create(kind="made_current", by=by, at=at)
        self.collaboration.bump_public_version()

    @transaction.atomic
    def end(self, *, by: User, on: dt.date | None = None) -> None:
        """End the dialogue. It can still be read; one that goes on alone has the front of the collaboration again.

        Raises Refusal when it does not go on.
        """
        require(by, COORDINATE, self)
        self._lock()
        if not self.is_current:
            raise Refusal("Dialogen pågår inte.", code="not_current")
        self.is_current, self.ended_on = False, on or timezone.localdate()
        self.save(update_fields=STATE)
        beside = self.collaboration.dialogues.current()
        if beside.count() == 1:
            beside.update(has_own_address=False)
        self.events.create(kind="ended", by=by)
        self.collaboration.bump_public_version()

    def rows_of_texts(self) -> "list[models.Model]":
        """The rows that hold its texts: itself, its guiding question, and the forms that ask it. To lock."""
        asking = Survey.objects.filter(guiding_question=self.guiding_question_id)
        return [self, self.guiding_question, *asking]

    def _ask(self, question: Texts, by: User) -> None:
        """Change the text of the guiding question, also in the surveys that ask it. Other dialogues keep theirs."""
        if dict(question) == self.guiding_question.text:
            return
        asking = list(Survey.objects.filter(guiding_question=self.guiding_question_id))
        if Dialogue.objects.filter(guiding_question=self.guiding_question_id).exclude(pk=self.pk).exists():
            self.guiding_question = GuidingQuestion(collaboration=self.collaboration)
            asking = [survey for survey in asking if survey in self.surveys.all()]
        self.guiding_question.text = dict(question)
        self.guiding_question.save()
        for survey in asking:
            Survey.objects.filter(pk=survey.pk).update(guiding_question=self.guiding_question)
            survey.record_change(by=by, what="vägledande fråga")

    def refuse_surveys(self, surveys: Iterable[Survey]) -> None:
        """Raise Refusal unless these can be its forms. What a form hears is told in one dialogue, and stays there.

        None may belong to another dialogue that has not ended; and once this one has begun, no form of its own that has
        heard anything may be missing.
        """
        chosen = {survey.pk for survey in surveys}
        if other := self._other_with(chosen - set(self.surveys.values_list("pk", flat=True))):
            raise Refusal(f"Formuläret hör till «{other}». Gör ett eget för den här dialogen.", code="form_of_another")
        gone = Survey.objects.none() if self.is_prepared else self.surveys.exclude(pk__in=chosen)
        for heard in HEARD:
            if survey := gone.filter(**{f"{heard}__isnull": False}).first():
                why = f"«{survey}» har fått svar i den här dialogen, och hör till den. Välj det igen."
                raise Refusal(why, code="form_was_heard")

    def _other_with(self, surveys: Iterable[int]) -> "Dialogue | None":
        """Another dialogue that has not ended and has one of these forms."""
        return Dialogue.objects.not_ended().filter(surveys__in=surveys).exclude(pk=self.pk).first()

    def _lock(self, *surveys: Survey) -> None:
        """Take turns too, since at most one of the collaboration's dialogues stands at its front."""
        take_turns(self.collaboration)
        lock(self, *surveys)

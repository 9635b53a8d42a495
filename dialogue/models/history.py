"""Events of dialogues, issues, groups and decisions: who did what, when. The moves of issues are StepChanges."""

import datetime as dt

from django.db import models
from django.db.models import Q
from django.utils import timezone

from actors.models import Organisation, User
from dialogue.models.decisions.decision import Decision
from dialogue.models.decisions.part_decision import PartDecision
from dialogue.models.dialogue import Dialogue
from dialogue.models.issue import Issue
from dialogue.models.working_group import WorkingGroup


class DialogueEvent(models.Model):
    """Something the coordinator did, kept so that a new coordinator can see what has been done."""

    class Kind(models.TextChoices):
        """What was done."""

        BEGUN = "begun", "skapade dialogen"
        DESCRIBED = "described", "ändrade dialogens texter"
        MADE_CURRENT = "made_current", "började dialogen"
        ENDED = "ended", "avslutade dialogen"
        FORM_ADDED = "form_added", "gjorde formuläret"
        PLANNED = "planned", "ändrade trappans tider"
        RAISED = "raised", "lade till frågan"
        EDITED = "edited", "ändrade frågans texter"
        TIED = "tied", "ändrade perspektiven"
        CONCERNED = "concerned", "ändrade vilka som berörs"
        PUBLISHED = "published", "visade frågan för alla"
        HIDDEN = "hidden", "dolde frågan"
        PLACED = "placed", "ändrade ordningen"
        REPLANNED = "replanned", "ändrade aktiviteten"
        TOOK_BACK = "took_back", "tog tillbaka frågan till"
        PETITIONED = "petitioned", "skrev in namninsamlingen till"
        ASKED_OUT = "asked_out", "skrev in brevet till"
        REPLIED = "replied", "skrev in svaret från"
        LISTED_YES = "listed_yes", "bekräftade det som en lista säger"
        LISTED_NO = "listed_no", "sa emot det som en lista säger"
        LISTED_OUT = "listed_out", "tog bort det som en lista säger"

    dialogue = models.ForeignKey(Dialogue, models.CASCADE, related_name="events", help_text="Dialogen.")
    issue = models.ForeignKey(
        Issue, models.CASCADE, null=True, blank=True, related_name="events", help_text="Frågan, när det gällde en."
    )
    kind = models.CharField("vad", max_length=12, choices=Kind.choices, help_text="Vad som gjordes.")
    what = models.CharField("närmare", max_length=200, blank=True, help_text="Till exempel vilken omgång.")
    by = models.ForeignKey(User, models.PROTECT, related_name="+", help_text="Vem som gjorde det.")
    at = models.DateTimeField("när", default=timezone.now, help_text="När det gjordes.")

    class Meta:
        verbose_name = "händelse i dialogen"
        verbose_name_plural = "händelser i dialogen"
        ordering = ["-at", "-pk"]

    def __str__(self) -> str:
        return f"{self.by} {self.get_kind_display()}"


class GroupEvent(models.Model):
    """Something done in or to a working group: seats, mandate, meetings, proposals. Never edited."""

    class Kind(models.TextChoices):
        """What was done, as it reads after a name."""

        FORMED = "formed", "bildade gruppen"
        DESCRIBED = "described", "ändrade gruppens uppdrag eller frågor"
        ENDED = "ended", "avslutade gruppen"
        SEATED = "seated", "lade till platsen"
        INVITED = "invited", "bjöd in till platsen"
        LEFT = "left", "avslutade platsen"
        CHAIRED = "chaired", "utsåg ordförande"
        PLANNED = "planned", "planerade mötet"
        CALLED = "called", "skickade kallelsen"
        CANCELLED = "cancelled", "ställde in mötet"
        OPENED = "opened", "öppnade protokollet"
        READY = "ready", "lämnade protokollet för justering"
        REOPENED = "reopened", "tog tillbaka protokollet"
        APPROVED = "approved", "justerade protokollet"
        ADDED = "added", "skrev ett tillägg"
        HANDED_ON = "handed_on", "lämnade över åtagandet"
        TOLD = "told", "berättade hur ett åtagande gick"
        PROPOSED = "proposed", "skrev förslaget"
        STOOD = "stood", "skrev in att gruppen står bakom"
        WITHDREW = "withdrew", "tog tillbaka förslaget"
        ORDERED = "ordered", "skrev in en prioritering"

    group = models.ForeignKey(WorkingGroup, models.CASCADE, related_name="events", help_text="Gruppen.")
    kind = models.CharField("vad", max_length=10, choices=Kind.choices, help_text="Vad som gjordes.")
    what = models.CharField("närmare", max_length=240, blank=True, help_text="Vad det gällde: platser, inte namn.")
    by = models.ForeignKey(User, models.PROTECT, related_name="+", help_text="Vem som gjorde det.")
    at = models.DateTimeField("när", default=timezone.now, help_text="När det gjordes.")

    class Meta:
        verbose_name = "händelse i gruppen"
        verbose_name_plural = "händelser i gruppen"
        ordering = ["-at", "-pk"]

    def __str__(self) -> str:
        return f"{self.by} {self.get_kind_display()} {self.what}".strip()

    @classmethod
    def note(
        cls, group: WorkingGroup, kind: str, *, by: User, what: object = "", at: dt.datetime | None = None
    ) -> None:
        """Record an event, in the same transaction as what it records."""
        cls.objects.create(group=group, kind=kind, by=by, what=str(what)[:240], at=at or timezone.now())


class DecisionEvent(models.Model):
    """What happened to a decision or one of its parts: who, when and what. Never edited or deleted."""

    class What(models.TextChoices):
        """The kinds of events."""

        REQUESTED = "requested", "begärt"
        PREPARING = "preparing", "under beredning"
        HANDED_OVER = "handed_over", "lämnat vidare"
        TAKEN = "taken", "taget emot"
        RETURNED = "returned", "skickat tillbaka"
        MOVED = "moved", "ny tid"
        ANSWERED = "answered", "besvarat"
        SUPERSEDED = "superseded", "ersatt"
        EXPIRED = "expired", "slutade gälla"
        WITHDRAWN = "withdrawn", "taget tillbaka"

    decision = models.ForeignKey(Decision, models.CASCADE, related_name="events", help_text="Beslutet.")
    part = models.ForeignKey(
        PartDecision,
        models.CASCADE,
        null=True,
        blank=True,
        related_name="events",
        help_text="Delen, när det gällde en.",
    )
    body = models.CharField(
        "organisationen",
        max_length=40,
        blank=True,
        help_text="Det korta namnet, den dagen, på organisationen som hade delen.",
    )
    what = models.CharField("vad", max_length=12, choices=What.choices, help_text="Vad som hände.")
    text = models.TextField("närmare", blank=True, help_text="Med ord.")
    by = models.ForeignKey(
        User, models.PROTECT, null=True, blank=True, related_name="+", help_text="Vem; tomt när tiden gjorde det."
    )
    at = models.DateTimeField("när", default=timezone.now, help_text="När det hände.")

    class Meta:
        verbose_name = "händelse i beslut"
        verbose_name_plural = "händelser i beslut"
        ordering = ["at", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(part__isnull=True, body="") | Q(part__isnull=False) & ~Q(body=""),
                name="decision_event_of_a_body",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.decision}: {self.get_what_display()}"

    @classmethod
    def note_part(
        cls,
        part: PartDecision,
        what: str,
        *,
        by: User | None,
        text: str = "",
        at: dt.datetime | None = None,
        held_by: Organisation | None = None,
    ) -> None:
        """Record what happened to a part, with the name of the body that has it; or had it until now, `held_by`."""
        body = (held_by or part.organisation).short_name
        part.decision.events.create(part=part, body=body, what=what, text=text, by=by, at=at or timezone.now())

"""Rounds of an issue through the staircase, and its moves. A move is never edited."""

import datetime as dt
from collections.abc import Sequence

from django.db import models
from django.db.models import Q
from django.utils import timezone

from actors.models import User
from dialogue.models.issue import Issue
from dialogue.rules.process_stages import StagePlace, in_words
from dialogue.rules.staircase import Move, Step
from ostberga.lib.refusal import Refusal


class Round(models.Model):
    """A round of an issue through the staircase. Closed with an answer to those who asked."""

    issue = models.ForeignKey(Issue, models.CASCADE, related_name="rounds", help_text="Sakfrågan.")
    number = models.PositiveSmallIntegerField("nummer", default=1, help_text="Första varvet är 1.")
    started_on = models.DateField("började", default=timezone.localdate, help_text="Första dagen.")
    cause = models.TextField("anledning", blank=True, help_text="Varför ett nytt varv började.")

    answer = models.JSONField(
        "svar till dem som frågade", default=dict, blank=True, help_text="Vad det blev av det som sagts, per språk."
    )
    closed_at = models.DateTimeField(
        "avslutad", null=True, blank=True, help_text="När svaret gavs och frågan stängdes."
    )
    closed_by = models.ForeignKey(
        User, models.PROTECT, null=True, blank=True, related_name="+", help_text="Vem som avslutade omgången."
    )

    class Meta:
        verbose_name = "omgång"
        verbose_name_plural = "omgångar"
        ordering = ["number"]
        constraints = [
            models.UniqueConstraint(fields=["issue", "number"], name="round_numbers_differ"),
            models.CheckConstraint(
                condition=Q(closed_at__isnull=True, closed_by__isnull=True)
                | (Q(closed_at__isnull=False, closed_by__isnull=False) & ~Q(answer={})),
                name="round_closed_with_an_answer",
            ),
        ]

    def __str__(self) -> str:
        return f"omgång {self.number}"

    @property
    def is_closed(self) -> bool:
        """Whether it is closed with an answer."""
        return self.closed_at is not None


def round_of(issue: Issue) -> Round:
    """Return the latest round of an issue, open or closed."""
    return issue.rounds.latest("number")


def open_round_of(issue: Issue, at: dt.datetime) -> Round:
    """Return the latest round of an issue. Raises Refusal when it was closed at that time."""
    latest = round_of(issue)
    if latest.closed_at is not None and latest.closed_at <= at:
        raise Refusal("Frågan är avslutad. Börja en ny omgång först.", who="Samordnaren", code="closed")
    return latest


def round_on(rounds: Sequence[Round], day: dt.date | None) -> Round:
    """Return the round of an issue that was going on at a day; the first one for an earlier day, the last for None.

    `rounds` are all rounds of the issue, by number; there is always at least one.
    """
    started = [candidate for candidate in rounds if day is None or candidate.started_on <= day]
    return started[-1] if started else rounds[0]


class StepChange(models.Model):
    """A move of an issue: who, when, why, and what was missing. Never edited."""

    round = models.ForeignKey(Round, models.PROTECT, related_name="changes", help_text="Omgången.")
    from_step = models.PositiveSmallIntegerField(
        "från steg", choices=Step.choices, null=True, blank=True, help_text="Steget före; tomt när frågan börjar."
    )
    move = models.CharField("hur", max_length=8, choices=Move.choices, help_text="Vilket slags steg det var.")
    to_step = models.PositiveSmallIntegerField("till steg", choices=Step.choices, help_text="Steget efter.")
    by = models.ForeignKey(User, models.PROTECT, related_name="+", help_text="Vem som flyttade frågan.")
    at = models.DateTimeField("när", default=timezone.now, help_text="När frågan flyttades.")
    reason = models.TextField("varför", blank=True, help_text="Skälet, som det visas offentligt.")
    missing = models.JSONField(
        "saknades", default=list, blank=True, help_text="Det som saknades när frågan ändå flyttades."
    )
    told_at = models.DateTimeField("berättat", null=True, blank=True, help_text="När de som följer frågan fick brev.")

    class Meta:
        verbose_name = "stegbyte"
        verbose_name_plural = "stegbyten"
        ordering = ["at", "pk"]
        constraints = [
            models.CheckConstraint(condition=Q(to_step__in=Step.values), name="step_change_is_known"),
            models.CheckConstraint(condition=Q(move__in=Move.values), name="step_change_move_is_known"),
            models.CheckConstraint(condition=Q(missing=[]) | ~Q(reason=""), name="step_change_despite_has_reason"),
        ]

    def __str__(self) -> str:
        return f"{self.round.issue}: {self.get_from_step_display()} → {self.get_to_step_display()}"

    @property
    def from_stage(self) -> StagePlace | None:
        """The stage that the issue was shown at before, in the words of its dialogue today; None when it began."""
        return None if self.from_step is None else self.round.issue.dialogue.stage_at(self.from_step)

    @property
    def to_stage(self) -> StagePlace:
        """The stage that it has been shown at since, in the words of its dialogue today."""
        return self.round.issue.dialogue.stage_at(self.to_step)

    @property
    def from_in_words(self) -> str:
        """The stage and step before, for staff; empty when it began."""
        return in_words(self.from_stage, Step(self.from_step)) if self.from_stage and self.from_step else ""

    @property
    def to_in_words(self) -> str:
        """The stage and step since, for staff."""
        return in_words(self.to_stage, Step(self.to_step))

    @property
    def is_within_stage(self) -> bool:
        """Whether it passed a gate and is still shown at the same stage, since the next step is left out."""
        return self.from_stage == self.to_stage

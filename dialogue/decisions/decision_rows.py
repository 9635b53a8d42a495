"""Rows of the coordinator's decision list: parts whose answer is missing or late, and bodies with nobody to answer."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Prefetch, QuerySet

from actors.models import Mandate, Organisation
from dialogue.models import Decision, PartDecision, QuestionTransfer


@dataclass(frozen=True)
class PartRow:
    """One body's part of a decision."""

    part: PartDecision
    has_no_responder: bool  # it is open, and nobody of the body may answer it here


@dataclass(frozen=True)
class DecisionRow:
    """A decision with its parts."""

    decision: Decision
    parts: list[PartRow]

    @property
    def awaited(self) -> list[PartDecision]:
        """Parts whose answer is missing."""
        return [row.part for row in self.parts if row.part.is_open]

    @property
    def overdue(self) -> list[PartDecision]:
        """Parts whose day has passed."""
        return [part for part in self.awaited if part.is_overdue]

    @property
    def unable_to_answer(self) -> list[Organisation]:
        """Bodies whose answer is awaited and that have nobody who may give it."""
        return [row.part.organisation for row in self.parts if row.has_no_responder]


def list_decision_rows(chosen: QuerySet[Decision]) -> list[DecisionRow]:
    """A row for each of these decisions, in their order. A constant number of queries."""
    decisions = list(chosen.prefetch_related("issues", "parts__organisation", "parts__held_by"))
    unable = parts_without_deciders(PartDecision.objects.filter(decision__in=decisions))
    return [_row(decision, decision.parts.all(), unable) for decision in decisions]


def build_decision_row(decision: Decision) -> DecisionRow:
    """The row of one decision."""
    parts = decision.parts.select_related(
        "organisation", "held_by", "answered_by", "mandate__confirmed_by", "mandate__registry_change__proposed_by"
    ).prefetch_related(Prefetch("transfers", QuestionTransfer.objects.with_words()))
    return _row(decision, parts, parts_without_deciders(decision.parts.all()))


def parts_without_deciders(parts: QuerySet[PartDecision]) -> set[int]:
    """The open parts that nobody has a mandate to answer. One query."""
    covered = PartDecision.objects.all().covered_by(Mandate.objects.all())
    return set(PartDecision.objects.open().filter(~covered, pk__in=parts.values("pk")).values_list("pk", flat=True))


def _row(decision: Decision, parts: Iterable[PartDecision], unable: set[int]) -> DecisionRow:
    rows = []
    for part in parts:
        part.decision = decision  # spares a query per part: `is_open` asks the decision
        rows.append(PartRow(part, part.pk in unable))
    return DecisionRow(decision, rows)

"""Decisions as the coordinator follows them: whose answer is missing or late, and which body has nobody to give it."""

from collections.abc import Iterable
from dataclasses import dataclass

from actors.models import Affiliation, Collaboration, Organisation
from dialogue.models import Decision, PartDecision


@dataclass(frozen=True)
class PartRow:
    """One body's part."""

    part: PartDecision
    is_mute: bool  # nobody of the body may answer here, and an answer is waited for


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
    def mute(self) -> list[Organisation]:
        """Bodies with nobody to answer."""
        return [row.part.organisation for row in self.parts if row.is_mute]


def list_decision_rows(collaboration: Collaboration) -> list[DecisionRow]:
    """Its decisions, the latest first. The number of queries does not depend on how many."""
    found = Decision.objects.filter(dialogue__collaboration=collaboration)
    decisions = list(found.prefetch_related("issues", "parts__organisation", "parts__held_by"))
    speaking = bodies_able_to_answer(part.organisation_id for one in decisions for part in one.parts.all())
    return [_row(one, speaking) for one in decisions]


def build_decision_row(decision: Decision) -> DecisionRow:
    """One decision with its parts."""
    parts = decision.parts.select_related("organisation", "held_by", "answered_by")
    speaking = bodies_able_to_answer(part.organisation_id for part in parts)
    return DecisionRow(decision, [PartRow(part, _is_mute(decision, part, speaking)) for part in parts])


def bodies_able_to_answer(bodies: Iterable[int]) -> set[int]:
    """The bodies that have somebody who may decide or register decisions. One query."""
    places = Affiliation.objects.all().may_decide().filter(organisation__in=set(bodies))
    return set(places.values_list("organisation", flat=True))


def _row(decision: Decision, speaking: set[int]) -> DecisionRow:
    return DecisionRow(decision, [PartRow(part, _is_mute(decision, part, speaking)) for part in decision.parts.all()])


def _is_mute(decision: Decision, part: PartDecision, speaking: set[int]) -> bool:
    part.decision = decision
    return part.is_open and part.organisation_id not in speaking

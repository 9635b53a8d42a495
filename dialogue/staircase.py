"""The five steps of the staircase and what must be true to climb one. Pure: no database, no clock."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.db import models
from django.utils.translation import gettext_lazy as _


class Step(models.IntegerChoices):
    """The five steps, in the words of the residents' own staircase."""

    INTERVIEWS = 1, _("Intervjuer")
    REPORT = 2, _("Rapport")
    WORKING_GROUPS = 3, _("Arbetsgrupper")
    DECISION = 4, _("Beslut")
    IMPLEMENTATION = 5, _("Genomförande")


@dataclass(frozen=True)
class Requirement:
    """Something that must be true, said so that a person can act on it."""

    code: str
    text: str  # plain Swedish, a whole sentence: «Det saknas ett perspektiv.»


@dataclass(frozen=True)
class IssueFacts:
    """What the rule needs to know about an issue."""

    perspectives: int
    concerned_bodies: int
    in_published_report: bool


NEEDS_PERSPECTIVE = Requirement("perspective", "Frågan vilar inte på något perspektiv ännu.")
NEEDS_BODY = Requirement("body", "Ingen berörd organisation är angiven.")
NEEDS_REPORT = Requirement("report", "Frågan finns inte med i någon publicerad rapport.")


def missing_for(step: Step, facts: IssueFacts) -> list[Requirement]:
    """What still stands in the way of leaving `step`, in the order people would do it.

    The first two steps are judged here; the full gates of the later steps come with decisions and working groups.
    """
    missing = []
    if step == Step.INTERVIEWS:
        if not facts.perspectives:
            missing.append(NEEDS_PERSPECTIVE)
        if not facts.concerned_bodies:
            missing.append(NEEDS_BODY)
    if step == Step.REPORT and not facts.in_published_report:
        missing.append(NEEDS_REPORT)
    return missing


def starts_round(current: Step, target: Step) -> bool:
    """⇌ Whether the move leads from the last step into a new round of the first."""
    return current == Step.IMPLEMENTATION and target == Step.INTERVIEWS


def may_move(current: Step, target: Step) -> bool:
    """One step at a time, up or down; ⇌ from the last step leads back to the first."""
    return abs(current - target) == 1 or starts_round(current, target)


def in_words(missing: Sequence[Requirement]) -> str:
    """The missing things as running text."""
    return " ".join(requirement.text for requirement in missing)

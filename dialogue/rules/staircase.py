"""The five steps of the staircase and what must be true to climb one. Pure: no database, no clock."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from django.db import models
from django.utils.translation import gettext_lazy as _

from ostberga.lib.translations.sentences import list_in_words

COORDINATOR = "Samordnaren"


class Step(models.IntegerChoices):
    """The five steps, in the words of the residents' own staircase."""

    INTERVIEWS = 1, _("Intervjuer")
    REPORT = 2, _("Rapport")
    WORKING_GROUPS = 3, _("Arbetsgrupper")
    DECISION = 4, _("Beslut")
    IMPLEMENTATION = 5, _("Genomförande")


class Move(models.TextChoices):
    """The moves an issue can make on the staircase."""

    START = "start", "börjar"
    ONWARD = "onward", "vidare"
    BACK = "back", "ett steg tillbaka"
    AGAIN = "again", "⇌ en ny omgång"
    CLOSE = "close", "avslutas"


@dataclass(frozen=True)
class Requirement:
    """Something that must be in place before a step can be left, said so that a person can act on it."""

    code: str
    text: str  # plain Swedish, a whole sentence: «Det saknas ett beslut från Trafikkontoret.»
    who: str = COORDINATOR  # who can put it in place
    where: str = ""  # URL name below `coordinate:` where the coordinator puts it in place or asks for it


@dataclass(frozen=True)
class Thresholds:
    """What a dialogue requires of its issues before they move to the next step."""

    roles: int = 2  # how many roles must have been heard
    resident: bool = True  # whether residents must be among them
    readers: bool = True  # whether each concerned body must have read the report
    seats: tuple[str, ...] = ("resident", "elected", "official")  # who must sit in the working group


SEAT_WORDS = {"resident": "en boende", "elected": "en förtroendevald", "official": "en tjänsteperson"}


@dataclass(frozen=True)
class IssueFacts:
    """What the rules need to know about an issue in its current round. Bodies are given by name."""

    perspectives: int = 0
    roles: frozenset[str] = frozenset()  # roles of those who said what it rests on, except «okänd»
    concerned_bodies: int = 0
    in_published_report: bool = False
    unread_by: tuple[str, ...] = ()  # concerned bodies in the collaboration that have not confirmed reading
    groups: int = 0
    seats: frozenset[str] = frozenset()  # roles in the group with the most roles
    has_met: bool = False  # whether a meeting with approved minutes has treated the issue
    proposals: int = 0  # those that a group stands behind
    names_deciders: bool = False
    decisions: int = 0  # decisions asked for, whatever the answer
    in_force: bool = False
    awaited: tuple[str, ...] = ()  # bodies that have not answered
    planned: int = 0  # activities with an accepted lead
    going_on: tuple[str, ...] = ()  # activities that have not ended


def missing_for(step: Step, facts: IssueFacts, limits: Thresholds | None = None) -> list[Requirement]:
    """Return what an issue still lacks before it can leave `step`, in the order people would do it.

    For the last step: what it lacks before it can be closed.
    """
    return list(_GATES[step](facts, limits or Thresholds()))


def _interviews(facts: IssueFacts, limits: Thresholds) -> Iterator[Requirement]:
    if not facts.perspectives:
        yield Requirement("perspective", "Frågan vilar inte på något perspektiv ännu.", where="issue-perspectives")
        return
    if limits.resident and "resident" not in facts.roles:
        yield Requirement("resident", "Ingen boende har hörts om frågan i den här omgången.", where="interviews")
    if len(facts.roles) < limits.roles:
        text = f"Frågan vilar på utsagor från {len(facts.roles)} av minst {limits.roles} roller i den här omgången."
        yield Requirement("roles", text, where="interviews")
    if not facts.concerned_bodies:
        yield Requirement("body", "Ingen berörd organisation är angiven.", where="issue-bodies")


def _report(facts: IssueFacts, limits: Thresholds) -> Iterator[Requirement]:
    if not facts.in_published_report:
        text = "Frågan finns inte med i någon rapport som publicerats i den här omgången."
        yield Requirement("report", text, where="reports")
    elif limits.readers:
        for body in facts.unread_by:
            yield Requirement(
                f"read:{body}", f"{body} har inte bekräftat att rapporten är läst.", who=body, where="readers"
            )


def _working_groups(facts: IssueFacts, limits: Thresholds) -> Iterator[Requirement]:
    if not facts.groups:
        yield Requirement("group", "Ingen arbetsgrupp arbetar med frågan.", where="groups")
        return
    for seat in limits.seats:
        if seat not in facts.seats:
            yield Requirement(f"seat:{seat}", f"Arbetsgruppen saknar {SEAT_WORDS.get(seat, seat)}.", where="groups")
    if not facts.has_met:
        yield Requirement("meeting", "Inget godkänt möte har behandlat frågan.", where="groups")
    if not facts.proposals:
        yield Requirement("proposal", "Arbetsgruppen står inte bakom något förslag.", where="proposals")
    elif not facts.names_deciders:
        yield Requirement("deciders", "Förslaget säger inte vilka som måste besluta.", where="proposals")


def _decision(facts: IssueFacts, _limits: Thresholds) -> Iterator[Requirement]:
    if not facts.in_force:
        yield from _no_decision(facts)
    if not facts.planned:
        text = "Ingen planerad aktivitet har en ansvarig som tackat ja."
        yield Requirement("activity", text, where="activities")


def _no_decision(facts: IssueFacts) -> Iterator[Requirement]:
    for body in facts.awaited:
        yield Requirement(f"decision:{body}", f"Det saknas ett beslut från {body}.", who=body, where="decisions")
    if not facts.awaited and facts.decisions:
        text = "Svaret blev nej, eller gäller inte längre. Frågan behöver ett nytt förslag eller en omprövning."
        yield Requirement("refused", text, where="decisions")
    if not facts.awaited and not facts.decisions:
        yield Requirement("decision", "Det saknas ett beslut. Inget är begärt ännu.", where="decisions")


def _implementation(facts: IssueFacts, _limits: Thresholds) -> Iterator[Requirement]:
    for activity in facts.going_on:
        yield Requirement(f"activity:{activity}", f"Aktiviteten «{activity}» är inte avslutad.", where="activities")


_GATES = {
    Step.INTERVIEWS: _interviews,
    Step.REPORT: _report,
    Step.WORKING_GROUPS: _working_groups,
    Step.DECISION: _decision,
    Step.IMPLEMENTATION: _implementation,
}


@dataclass(frozen=True)
class Readiness:
    """What the rules need to know about a collaboration before a dialogue begins."""

    partners: int
    unconfirmed: tuple[str, ...]  # bodies that have not confirmed their own description
    has_coordinator: bool
    says_what_can_change: bool  # it is written down what can be influenced and what cannot


def missing_before_start(facts: Readiness) -> list[Requirement]:
    """Return what is still missing before a dialogue can begin."""
    missing = []
    if facts.partners < 2:
        text = "Bara en organisation är med" if facts.partners else "Ingen organisation är med"
        missing.append(Requirement("partners", f"{text} i samverkan. Det ska vara minst två.", where="partners"))
    if not facts.partners:
        text = "Ingen part har bekräftat sitt uppdrag och sin roll."
        missing.append(Requirement("confirmed", text, where="partners"))
    if facts.unconfirmed:
        text = f"Uppdrag och roll är inte bekräftade av {list_in_words(facts.unconfirmed)}."
        missing.append(Requirement("confirmed", text, where="partners"))
    if not facts.has_coordinator:
        missing.append(Requirement("coordinator", "Ingen samordnare är utsedd.", where="people"))
    if not facts.says_what_can_change:
        text = "Det är inte skrivet vad som går att påverka och vad som inte går."
        missing.append(Requirement("influence", text, where="dialogue"))
    return missing


def allowed_moves(step: Step, *, is_closed: bool) -> tuple[Move, ...]:
    """Return the moves allowed from a step. A closed issue can only begin a new round."""
    if is_closed:
        return (Move.AGAIN,)
    last = step == Step.IMPLEMENTATION
    first = step == Step.INTERVIEWS
    return tuple(
        move
        for move, is_open in (
            (Move.ONWARD, not last),
            (Move.CLOSE, last),
            (Move.AGAIN, not first),
            (Move.BACK, not first),
        )
        if is_open
    )


def target_of(move: Move, step: Step) -> Step:
    """Return the step that a move from `step` leads to."""
    return {Move.ONWARD: Step(min(step + 1, 5)), Move.BACK: Step(max(step - 1, 1)), Move.AGAIN: Step.INTERVIEWS}.get(
        move, step
    )


def unaccepted(missing: Sequence[Requirement], despite: Sequence[Requirement]) -> list[Requirement]:
    """Return the missing requirements that were not accepted, such as those that appeared after the page was read."""
    accepted = {requirement.code for requirement in despite}
    return [requirement for requirement in missing if requirement.code not in accepted]


def in_words(missing: Sequence[Requirement]) -> str:
    """Return the missing requirements as running text."""
    return " ".join(requirement.text for requirement in missing)

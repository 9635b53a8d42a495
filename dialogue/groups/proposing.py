"""Write, rewrite, stand behind and withdraw a working group's proposal."""

import datetime as dt
from collections.abc import Iterable, Mapping
from typing import Any, TypedDict

from django.db import transaction
from django.utils import timezone

from actors.models import Organisation, User
from actors.rules.rights import COORDINATE
from dialogue.groups import settling
from dialogue.groups.taking_positions import valid_positions
from dialogue.models import (
    Decider,
    GroupEvent,
    Issue,
    Meeting,
    Proposal,
    ProposalPerspective,
    WorkingGroup,
    open_round_of,
)
from dialogue.models.dialogue import Texts
from dialogue.rules.rights import WORK_IN_GROUP
from dialogue.rules.shown_positions import Stance
from ostberga.lib.authorization import require
from ostberga.lib.refusal import Refusal
from surveys.models import Perspective

Kind = GroupEvent.Kind
# Stored as the dissent when nothing is told beside the objections.
SEE_OBJECTIONS = "Se gruppens invändningar."
WORDS_ARE_FIXED = (
    "Någon har redan tagit ställning till förslaget som det lyder. Ta tillbaka det, med skälet, "
    "och skriv ett nytt att ta ställning till."
)
NO_DISSENT_WORDS = frozenset({"ingen", "inga", "nej", "alla höll med"})


class ProposalWords(TypedDict):
    """The text fields of a proposal: `title` and `what` per language, the rest in Swedish."""

    title: Texts
    what: Texts
    place: str
    cost: str
    effect: str


@transaction.atomic
def propose(
    *,
    issue: Issue,
    group: WorkingGroup,
    words: ProposalWords,
    answers: Iterable[Perspective],
    against: Iterable[Perspective],
    deciders: Mapping[Organisation, str],
    by: User,
    at: dt.datetime | None = None,
) -> Proposal:
    """Write a draft in the issue's current round. `deciders` maps each deciding body to its form of decision."""
    require(by, WORK_IN_GROUP, group)
    at = at or timezone.now()
    proposal = Proposal.objects.create(
        issue=issue, round=open_round_of(issue, at), group=group, written_by=by, written_at=at, **words
    )
    _set_sides_and_deciders(proposal, answers, against, deciders)
    GroupEvent.note(group, Kind.PROPOSED, by=by, what=proposal, at=at)
    return proposal


@transaction.atomic
def rewrite(
    *,
    proposal: Proposal,
    words: ProposalWords,
    answers: Iterable[Perspective],
    against: Iterable[Perspective],
    deciders: Mapping[Organisation, str],
    by: User,
    at: dt.datetime | None = None,
) -> None:
    """Change a draft. Once a seat has taken a position, the Swedish title and text can no longer change.

    Perspectives, deciders and translations still can: a group often takes its positions on a line of the minutes, and
    these are filled in afterwards.
    """
    require(by, COORDINATE, proposal)
    _lock(proposal)
    refuse_settled(proposal)
    stored = {"title": proposal.title, "what": proposal.what}
    if proposal.has_positions and _swedish_text(words) != _swedish_text(stored):
        raise Refusal(WORDS_ARE_FIXED, code="stands_taken")
    for name, value in words.items():
        setattr(proposal, name, value)
    proposal.save(update_fields=[*words])
    _set_sides_and_deciders(proposal, answers, against, deciders)
    GroupEvent.note(proposal.group, Kind.PROPOSED, by=by, what=proposal, at=at)


def refuse_settled(proposal: Proposal) -> None:
    """Raise Refusal unless it is a draft: before a form is judged, since nothing that is mended in it would help."""
    if not proposal.is_draft:
        raise Refusal(f"{proposal.settled_in_words} Det ändras inte mer.", code="not_a_draft")


@transaction.atomic
def stand_behind(
    *, proposal: Proposal, meeting: Meeting, dissent: str, by: User, at: dt.datetime | None = None
) -> None:
    """Record that the group stands behind its proposal since an approved meeting. Objections go with the proposal.

    `dissent` tells what was said beside the positions; «Ingen» is accepted only when no seat objects. Seats that have
    taken no position do not stop it. The positions are settled: which seat's each was is thrown away.
    """
    require(by, COORDINATE, proposal)
    _lock(proposal)
    refuse_settled(proposal)
    if meeting.group_id != proposal.group_id or not meeting.issues.contains(proposal.issue):
        raise Refusal("Välj ett möte där gruppen tog upp frågan.", code="other_meeting")
    if meeting.approved_on is None:
        raise Refusal("Mötets anteckningar är inte justerade än.", who="En som var på mötet", code="not_approved")
    if error := dissent_error(proposal, dissent):
        raise Refusal(error, code="dissent")
    if not proposal.sides.filter(side=ProposalPerspective.Side.ANSWERS).exists():
        raise Refusal("Välj minst ett perspektiv som förslaget svarar mot.", code="answers_nothing")
    settling.settle(proposal)
    proposal.stands_since, proposal.agreed_at = meeting.on, meeting
    proposal.dissent = dissent.strip() or SEE_OBJECTIONS
    proposal.save(update_fields=["stands_since", "agreed_at", "dissent"])
    GroupEvent.note(proposal.group, Kind.STOOD, by=by, what=proposal, at=at)
    proposal.issue.dialogue.collaboration.bump_public_version()


def dissent_error(proposal: Proposal, dissent: str) -> str:
    """Error message for the words about those who disagree; empty when the words are accepted."""
    if not any(position.stance == Stance.OBJECTION for position in valid_positions(proposal)):
        required = "Skriv vad de som inte höll med sa, och varför. Skriv «Ingen» om alla gjorde det."
        return "" if dissent.strip() else required
    if dissent.strip(" .!«»\"'").casefold() in NO_DISSENT_WORDS:
        return "Någon i gruppen har gjort en invändning. Den följer med förslaget, så «Ingen» stämmer inte."
    return ""


@transaction.atomic
def withdraw(*, proposal: Proposal, reason: str, by: User, at: dt.datetime | None = None) -> None:
    """Withdraw the proposal. It stays readable, with the reason. Refused once a decision has been requested."""
    require(by, COORDINATE, proposal)
    _lock(proposal)
    if proposal.withdrawn_at is not None:
        raise Refusal("Förslaget är redan återtaget.", code="already_withdrawn")
    if proposal.decisions.exists():
        raise Refusal("Beslut är redan begärt om förslaget. Vänta på svaren.", code="already_asked")
    if not reason.strip():
        raise Refusal("Skriv varför förslaget tas tillbaka.", code="reason")
    if proposal.is_draft:
        settling.settle(proposal)
    proposal.withdrawn_at, proposal.withdrawn_reason = at or timezone.now(), reason.strip()
    proposal.save(update_fields=["withdrawn_at", "withdrawn_reason"])
    GroupEvent.note(proposal.group, Kind.WITHDREW, by=by, what=proposal, at=at)
    proposal.issue.dialogue.collaboration.bump_public_version()


def _swedish_text(words: Mapping[str, Any]) -> tuple[str, ...]:
    """The words that seats have read when they take a position."""
    return tuple(words[name].get("sv", "") for name in ("title", "what"))


def _set_sides_and_deciders(
    proposal: Proposal,
    answers: Iterable[Perspective],
    against: Iterable[Perspective],
    deciders: Mapping[Organisation, str],
) -> None:
    sides = dict.fromkeys(answers, ProposalPerspective.Side.ANSWERS)
    for perspective in against:
        if perspective in sides:
            raise Refusal(f"Förslaget kan inte både svara mot och gå emot «{perspective}».", code="both_sides")
        sides[perspective] = ProposalPerspective.Side.AGAINST
    proposal.sides.all().delete()
    ProposalPerspective.objects.bulk_create(
        ProposalPerspective(proposal=proposal, perspective=perspective, side=side)
        for perspective, side in sides.items()
    )
    proposal.deciders.all().delete()
    Decider.objects.bulk_create(
        Decider(proposal=proposal, organisation=body, form=form) for body, form in deciders.items()
    )


def _lock(proposal: Proposal) -> None:
    proposal.refresh_from_db(from_queryset=Proposal.objects.select_for_update(no_key=True))

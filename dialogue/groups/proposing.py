"""A working group's proposal is written, stood behind with its dissent told, or taken back."""

import datetime as dt
from collections.abc import Iterable, Mapping
from typing import Any, TypedDict

from django.db import transaction
from django.utils import timezone

from actors.models import Organisation, User
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
from ostberga.lib.refusal import Refusal
from surveys.models import Perspective

Kind = GroupEvent.Kind
# What stands instead of words of dissent, when the objections say it all.
SEE_OBJECTIONS = "Se gruppens invändningar."
WORDS_ARE_FIXED = (
    "Någon har redan tagit ställning till förslaget som det lyder. Ta tillbaka det, med skälet, "
    "och skriv ett nytt att ta ställning till."
)
NO_DISSENT_WORDS = frozenset({"ingen", "inga", "nej", "alla höll med"})


class ProposalWords(TypedDict):
    """What a proposal says: `title` and `what` per language, the rest in Swedish."""

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
    """A draft in the issue's current round. `deciders` says in which form each body decides."""
    at = at or timezone.now()
    made = Proposal.objects.create(
        issue=issue, round=open_round_of(issue, at), group=group, written_by=by, written_at=at, **words
    )
    _set(made, answers, against, deciders)
    GroupEvent.note(group, Kind.PROPOSED, by=by, what=made, at=at)
    return made


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
    """Change a draft. What somebody has taken a stand on stays as she read it; around it can still be filled in.

    A line of the minutes is all that a group has before it when it takes its stands: what the proposal means for each
    perspective, who decides and the words in other languages are written afterwards.
    """
    _lock(proposal)
    if not proposal.is_draft:
        raise Refusal("Gruppen står bakom förslaget, så det ändras inte mer. Skriv ett nytt.", code="not_a_draft")
    if proposal.positions.exists() and _read(words) != _read({"title": proposal.title, "what": proposal.what}):
        raise Refusal(WORDS_ARE_FIXED, code="stands_taken")
    for name, value in words.items():
        setattr(proposal, name, value)
    proposal.save(update_fields=[*words])
    _set(proposal, answers, against, deciders)
    GroupEvent.note(proposal.group, Kind.PROPOSED, by=by, what=proposal, at=at)


@transaction.atomic
def stand_behind(
    *, proposal: Proposal, meeting: Meeting, dissent: str, by: User, at: dt.datetime | None = None
) -> None:
    """The group stands behind its proposal since a meeting, and the objections that seats have made go with it.

    `dissent` tells what was said beside the positions; «Ingen» is an answer only when no seat objects. That some have
    taken no stand does not hinder: who says nothing has not been made to.
    """
    _lock(proposal)
    if not proposal.is_draft:
        raise Refusal("Förslaget är redan behandlat.", code="not_a_draft")
    if meeting.group_id != proposal.group_id or not meeting.issues.contains(proposal.issue):
        raise Refusal("Välj ett möte där gruppen tog upp frågan.", code="other_meeting")
    if meeting.approved_on is None:
        raise Refusal("Mötets anteckningar är inte justerade än.", who="En som var på mötet", code="not_approved")
    if trouble := dissent_error(proposal, dissent):
        raise Refusal(trouble, code="dissent")
    if not proposal.sides.filter(side=ProposalPerspective.Side.ANSWERS).exists():
        raise Refusal("Välj minst ett perspektiv som förslaget svarar mot.", code="answers_nothing")
    proposal.stands_since, proposal.agreed_at = meeting.on, meeting
    proposal.dissent = dissent.strip() or SEE_OBJECTIONS
    proposal.save(update_fields=["stands_since", "agreed_at", "dissent"])
    GroupEvent.note(proposal.group, Kind.STOOD, by=by, what=proposal, at=at)
    proposal.issue.dialogue.collaboration.bump_public_version()


def dissent_error(proposal: Proposal, dissent: str) -> str:
    """What is wrong with these words about those who do not agree; empty when nothing is."""
    if not proposal.has_objections:
        silent = "Skriv vad de som inte höll med sa, och varför. Skriv «Ingen» om alla gjorde det."
        return "" if dissent.strip() else silent
    if dissent.strip(" .!«»\"'").casefold() in NO_DISSENT_WORDS:
        return "Någon i gruppen har gjort en invändning. Den följer med förslaget, så «Ingen» stämmer inte."
    return ""


@transaction.atomic
def withdraw(*, proposal: Proposal, reason: str, by: User, at: dt.datetime | None = None) -> None:
    """The group takes it back; it stays readable with the reason. Not once somebody has been asked to decide on it."""
    _lock(proposal)
    if proposal.withdrawn_at is not None:
        raise Refusal("Förslaget är redan återtaget.", code="already_withdrawn")
    if proposal.decisions.exists():
        raise Refusal("Beslut är redan begärt om förslaget. Vänta på svaren.", code="already_asked")
    if not reason.strip():
        raise Refusal("Skriv varför förslaget tas tillbaka.", code="reason")
    proposal.withdrawn_at, proposal.withdrawn_reason = at or timezone.now(), reason.strip()
    proposal.save(update_fields=["withdrawn_at", "withdrawn_reason"])
    GroupEvent.note(proposal.group, Kind.WITHDREW, by=by, what=proposal, at=at)
    proposal.issue.dialogue.collaboration.bump_public_version()


def _read(words: Mapping[str, Any]) -> tuple[str, ...]:
    """What the seats have read: the Swedish words."""
    return tuple(words[name].get("sv", "") for name in ("title", "what"))


def _set(
    proposal: Proposal,
    answers: Iterable[Perspective],
    against: Iterable[Perspective],
    deciders: Mapping[Organisation, str],
) -> None:
    sides = dict.fromkeys(answers, ProposalPerspective.Side.ANSWERS)
    for one in against:
        if one in sides:
            raise Refusal(f"Förslaget kan inte både svara mot och gå emot «{one}».", code="both_sides")
        sides[one] = ProposalPerspective.Side.AGAINST
    proposal.sides.all().delete()
    ProposalPerspective.objects.bulk_create(
        ProposalPerspective(proposal=proposal, perspective=one, side=side) for one, side in sides.items()
    )
    proposal.deciders.all().delete()
    Decider.objects.bulk_create(
        Decider(proposal=proposal, organisation=body, form=form) for body, form in deciders.items()
    )


def _lock(proposal: Proposal) -> None:
    proposal.refresh_from_db(from_queryset=Proposal.objects.select_for_update())

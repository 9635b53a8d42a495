"""What is missing, each thing with who can mend it and the page where the coordinator does it or asks for it."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from django.urls import reverse

from dialogue.models import Dialogue, Issue, round_of
from dialogue.rules.staircase import COORDINATOR, Move, Requirement, Step, allowed_moves

# The words of the link, by the code of what is missing or by the page that mends it.
_ACTS = {
    "perspective": "Välj perspektiv",
    "body": "Ange berörda",
    "group": "Bilda en arbetsgrupp",
    "meeting": "Skriv in ett möte",
    "seat": "Fyll platsen",
    "proposal": "Skriv ett förslag",
    "deciders": "Se förslagen",
    "decision": "Begär beslut",
    "refused": "Begär omprövning eller nytt beslut",
    "activity": "Planera en aktivitet",
    "influence": "Skriv det",
    "interviews": "Till samtalen",
    "reports": "Till rapporterna",
    "readers": "Se vem som läst",
    "decisions": "Se besluten",
    "activities": "Se aktiviteterna",
    "partners": "Till parterna",
    "people": "Till personerna",
}
# Where something new is made about the issue, instead of the list of what there is.
_NEW = {"group": "group-new", "proposal": "proposal-new", "decision": "decision-new", "activity": "activity-new"}


@dataclass(frozen=True)
class MissingRequirementRow:
    """One thing on a list of what must be in place."""

    text: str
    who: str = ""  # who can mend it, when that is somebody else than the coordinator
    link: str = ""
    act: str = ""
    is_met: bool = False


def rows_for_issue(issue: Issue, missing: Sequence[Requirement]) -> list[MissingRequirementRow]:
    """What an issue lacks for its next step."""
    return [_line(one, issue.dialogue, issue) for one in missing]


def rows_before_start(dialogue: Dialogue, missing: Sequence[Requirement]) -> list[MissingRequirementRow]:
    """All that should be in place before a dialogue begins: what is there, and what is not."""
    lacking = {one.code.split(":")[0] for one in missing}
    met = {
        "partners": "Minst två organisationer är med i samverkan.",
        "confirmed": "Alla parter har bekräftat sitt uppdrag och sin roll.",
        "coordinator": "En samordnare är utsedd.",
        "influence": "Det är skrivet vad som går att påverka och vad som inte går.",
    }
    there = [MissingRequirementRow(text, is_met=True) for code, text in met.items() if code not in lacking]
    return [*(_line(one, dialogue) for one in missing), *there]


def closing_context(issue: Issue) -> dict[str, object]:
    """Whether the round is over, whether it may close, and what is said when nothing is missing."""
    is_closed = round_of(issue).is_closed
    may_close = Move.CLOSE in allowed_moves(Step(issue.step), is_closed=is_closed)
    done = "Inget saknas. Frågan kan avslutas med ett svar." if may_close else "Inget saknas för nästa steg."
    return {"is_closed": is_closed, "may_close": may_close, "done": done}


def summarize_missing(missing: Sequence[Requirement]) -> str:
    """The first thing, and how many more: enough to know where to begin."""
    more = f" + {len(missing) - 1} till" if len(missing) > 1 else ""
    return f"{missing[0].text}{more}"


def link_to_fix(one: Requirement, dialogue: Dialogue, issue: int | None = None) -> str:
    """The address where it is mended; empty when there is none. The `issue` is known by its key."""
    slug = dialogue.collaboration.slug
    if one.code in _NEW and issue is not None:
        return reverse(f"coordinate:{_NEW[one.code]}", args=[slug]) + f"?fraga={issue}"
    return reverse(f"coordinate:{one.where}", args=[*_place(one.where, dialogue, issue)]) if one.where else ""


def _line(one: Requirement, dialogue: Dialogue, issue: Issue | None = None) -> MissingRequirementRow:
    code = one.code.split(":")[0]
    begins = one.code in _NEW and issue is not None
    link = link_to_fix(one, dialogue, issue.pk if issue else None)
    act = _ACTS.get(code if begins or code in (one.code, "seat") else one.where, "Öppna")
    return MissingRequirementRow(one.text, "" if one.who == COORDINATOR else one.who, link, act)


def _place(where: str, dialogue: Dialogue, issue: int | None) -> Iterator[str | int]:
    yield dialogue.collaboration.slug
    if where == "dialogue":
        yield dialogue.pk
    elif where.startswith("issue-") and issue is not None:
        yield issue

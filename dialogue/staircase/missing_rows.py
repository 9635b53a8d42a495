"""Rows of checklists: each missing requirement, who can put it in place, and the page where it is done."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from django.urls import reverse

from dialogue.models import Dialogue, Issue, round_of
from dialogue.rules.staircase import COORDINATOR, Move, Requirement, Step, allowed_moves

# The link text, by the code of the requirement or by the URL name of the page.
_LINK_LABELS = {
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
# Requirements whose link goes to a form for a new object about the issue, instead of to a list: code → URL name.
_NEW = {"group": "group-new", "proposal": "proposal-new", "decision": "decision-new", "activity": "activity-new"}


@dataclass(frozen=True)
class MissingRequirementRow:
    """One row of a checklist."""

    text: str
    who: str = ""  # who can put it in place, when that is not the coordinator
    link: str = ""
    link_label: str = ""
    is_met: bool = False


def rows_for_issue(issue: Issue, missing: Sequence[Requirement]) -> list[MissingRequirementRow]:
    """Return a row for each thing that an issue lacks for its next step."""
    return [_row(requirement, issue.dialogue, issue) for requirement in missing]


def rows_before_start(dialogue: Dialogue, missing: Sequence[Requirement]) -> list[MissingRequirementRow]:
    """Return the checklist before a dialogue begins: first what is missing, then what is in place."""
    lacking = {requirement.code.split(":")[0] for requirement in missing}
    met = {
        "partners": "Minst två organisationer är med i samverkan.",
        "confirmed": "Alla parter har bekräftat sitt uppdrag och sin roll.",
        "coordinator": "En samordnare är utsedd.",
        "influence": "Det är skrivet vad som går att påverka och vad som inte går.",
    }
    in_place = [MissingRequirementRow(text, is_met=True) for code, text in met.items() if code not in lacking]
    return [*(_row(requirement, dialogue) for requirement in missing), *_without_form(dialogue), *in_place]


def _without_form(dialogue: Dialogue) -> Iterator[MissingRequirementRow]:
    """That it has no form, which stops nobody: conversations are written down in the rounds of one too. One query."""
    if not dialogue.surveys.exists():
        text = "Dialogen har inget formulär, så det finns inget att svara på och inget att skriva in samtal i."
        link = reverse("coordinate:survey-new", args=[dialogue.collaboration.slug]) + f"?dialog={dialogue.slug}"
        yield MissingRequirementRow(text, link=link, link_label="Gör ett formulär")


def closing_context(issue: Issue) -> dict[str, object]:
    """Template context: whether the issue is closed, whether it may close, and the text when nothing is missing."""
    is_closed = round_of(issue).is_closed
    may_close = Move.CLOSE in allowed_moves(Step(issue.step), is_closed=is_closed)
    done = "Inget saknas. Frågan kan avslutas med ett svar." if may_close else "Inget saknas för nästa steg."
    return {"is_closed": is_closed, "may_close": may_close, "done": done}


def summarize_missing(missing: Sequence[Requirement]) -> str:
    """Return the text of the first requirement, and how many more there are."""
    more = f" + {len(missing) - 1} till" if len(missing) > 1 else ""
    return f"{missing[0].text}{more}"


def link_to_fix(requirement: Requirement, dialogue: Dialogue, issue: int | None = None) -> str:
    """Return the address where it is put in place; empty when there is none. `issue` is a primary key."""
    slug = dialogue.collaboration.slug
    if requirement.code in _NEW and issue is not None:
        return reverse(f"coordinate:{_NEW[requirement.code]}", args=[slug]) + f"?fraga={issue}"
    where = requirement.where
    return reverse(f"coordinate:{where}", args=[*_url_arguments(where, dialogue, issue)]) if where else ""


def _row(requirement: Requirement, dialogue: Dialogue, issue: Issue | None = None) -> MissingRequirementRow:
    code = requirement.code.split(":")[0]
    is_new = requirement.code in _NEW and issue is not None
    link = link_to_fix(requirement, dialogue, issue.pk if issue else None)
    label = _LINK_LABELS.get(code if is_new or code in (requirement.code, "seat") else requirement.where, "Öppna")
    who = "" if requirement.who == COORDINATOR else requirement.who
    return MissingRequirementRow(requirement.text, who, link, label)


def _url_arguments(where: str, dialogue: Dialogue, issue: int | None) -> Iterator[str | int]:
    yield dialogue.collaboration.slug
    if where == "dialogue":
        yield dialogue.pk
    elif where.startswith("issue-") and issue is not None:
        yield issue

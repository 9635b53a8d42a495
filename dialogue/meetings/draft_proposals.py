"""Draft proposals made from lines of the minutes, kept in sync until somebody edits the draft itself."""

import datetime as dt

from actors.models import User
from dialogue.groups import proposing
from dialogue.groups.proposing import ProposalWords
from dialogue.models import Issue, MinuteItem, Proposal, round_of

# Reason stored on a draft withdrawn because its line is no longer a proposal. It is restored if the line is again.
NO_LONGER = "Raden i protokollet är inte längre ett förslag."
MAX_TITLE = 100


def sync_draft(item: MinuteItem, *, was: str, by: User, at: dt.datetime) -> None:
    """Create, update or withdraw the draft of a line that has changed. `was` is the text before the change."""
    issue = _proposal_issue(item)
    if item.proposal_id is None:
        if issue:
            words, group = words_from_line(item.text), item.meeting.group
            item.proposal = proposing.propose(
                issue=issue, group=group, words=words, answers=[], against=[], deciders={}, by=by, at=at
            )
            item.save(update_fields=["proposal"])
        return
    draft = Proposal.objects.select_for_update(no_key=True).get(pk=item.proposal_id)
    if _is_untouched(draft, was):
        _update(draft, item.text, issue) if issue else _withdraw(draft, at)


def accepts_proposals(issue: Issue) -> bool:
    """Whether the issue's current round is open, so that new proposals can be made."""
    return round_of(issue).closed_at is None


def _proposal_issue(item: MinuteItem) -> Issue | None:
    """The issue that the line is a proposal about; None if it is struck, empty or of another kind."""
    proposes = item.kind == MinuteItem.Kind.PROPOSAL and item.removed_at is None and item.text.strip()
    return item.issue if proposes and item.issue and accepts_proposals(item.issue) else None


def words_from_line(text: str) -> ProposalWords:
    """A proposal's text fields from a line: its first sentence becomes the title, all of it the text."""
    first = text.split("\n", 1)[0].strip()
    sentence = first.split(". ", 1)[0].rstrip(".")
    title = sentence if len(sentence) <= MAX_TITLE else sentence[:MAX_TITLE].rsplit(" ", 1)[0] + " …"
    return {"title": {"sv": title}, "what": {"sv": text}, "place": "", "cost": "unknown", "effect": "unknown"}


def _is_untouched(draft: Proposal, was: str) -> bool:
    """Whether nobody has edited the draft or added perspectives, deciders, positions or decisions."""
    words = words_from_line(was)
    same = all(getattr(draft, name) == value for name, value in words.items())
    ours = draft.withdrawn_at is None or draft.withdrawn_reason == NO_LONGER
    worked_on = draft.has_positions or any(rows.exists() for rows in (draft.sides, draft.deciders, draft.decisions))
    return same and ours and draft.stands_since is None and not worked_on


def _update(draft: Proposal, text: str, issue: Issue) -> None:
    for name, value in words_from_line(text).items():
        setattr(draft, name, value)
    if draft.issue_id != issue.pk:
        draft.issue, draft.round = issue, round_of(issue)
    draft.withdrawn_at, draft.withdrawn_reason = None, ""
    draft.save()


def _withdraw(draft: Proposal, at: dt.datetime) -> None:
    if draft.withdrawn_at is None:
        draft.withdrawn_at, draft.withdrawn_reason = at, NO_LONGER
        draft.save(update_fields=["withdrawn_at", "withdrawn_reason"])

"""Settling the positions on a proposal: what pages and minutes need stays, and which seat said what is thrown away.

Nothing that stays says who, when or in which order: the settled rows are written in random order by one statement,
under random keys, and the reasons in minutes are one sorted row. The next batch rewrites the table of keys.
"""

import logging
import random
from collections.abc import Iterable

from django.db import connection, transaction
from django.utils import timezone

from dialogue.groups import open_positions
from dialogue.groups.open_positions import GivenPosition
from dialogue.models import Meeting, MeetingReasons, Proposal, Seat, SettledPosition
from dialogue.rules.shown_positions import MIN_SEATS, ShownReason, Stance, reasons_so_far

logger = logging.getLogger(__name__)


def settle(proposal: Proposal) -> None:
    """Settle the positions. The caller has locked the proposal, which is still a draft. Raises UnreadableText."""
    given = open_positions.read(proposal)
    meetings = Meeting.objects.filter(pk__in={position.meeting for position in given}, approved_on=None)
    for meeting in meetings:
        _keep_reasons(meeting, proposal, given)
    valid = {position.seat: position for position in given}
    roles = dict(Seat.objects.filter(pk__in=valid).values_list("pk", "role"))
    rows = [
        SettledPosition(proposal=proposal, role=roles[seat], stance=position.stance, reason=position.reason)
        for seat, position in valid.items()
    ]
    random.SystemRandom().shuffle(rows)
    SettledPosition.objects.bulk_create(rows)
    open_positions.throw_away(proposal)


def keep_reasons_of_meeting(meeting: Meeting) -> None:
    """Write the reasons given at the meeting into its minutes, which are about to be locked. Raises UnreadableText."""
    for proposal in Proposal.objects.filter(group=meeting.group_id).with_open_positions():
        _keep_reasons(meeting, proposal, open_positions.read(proposal))


def reasons_at(meeting: Meeting, given: Iterable[GivenPosition]) -> tuple[ShownReason, ...] | None:
    """Return the reasons given at the meeting, sorted; None when too few seats took a position there to tell."""
    there = [position.without_seat() for position in given if position.meeting == meeting.pk]
    return reasons_so_far(there).reasons if len(there) >= MIN_SEATS else None


def read_kept(kept: MeetingReasons) -> tuple[ShownReason, ...]:
    """Return the reasons as the minutes tell them."""
    return tuple(ShownReason(Stance(stance), reason) for stance, reason in kept.reasons)


def settle_ended_groups() -> int:
    """Settle drafts of groups that have ended, where nobody can take a position any more. Returns how many.

    What cannot be settled, such as what cannot be read without its key, is left, and stops no other.
    """
    ended = Proposal.objects.filter(group__ended_on__lt=timezone.localdate(), open_positions__isnull=False)
    keys = list(ended.values_list("pk", flat=True))
    return sum(_settle_if_possible(key) for key in keys)


def _settle_if_possible(key: int) -> bool:
    try:
        with transaction.atomic():
            settle(Proposal.objects.select_for_update(no_key=True).get(pk=key))
            connection.check_constraints()  # those that are due at commit, while this proposal alone can be undone
    except Exception:
        logger.exception("the positions of a proposal cannot be settled")
        return False
    return True


def _keep_reasons(meeting: Meeting, proposal: Proposal, given: Iterable[GivenPosition]) -> None:
    reasons = reasons_at(meeting, given)
    if reasons is not None:
        rows = [[reason.stance.value, reason.reason] for reason in reasons]
        MeetingReasons.objects.create(meeting=meeting, proposal=proposal, reasons=rows)

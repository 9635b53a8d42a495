"""The batch: what residents and members send reaches its tables with the rows of everybody else."""

from actors.models import DeadAddress
from dialogue.followers import better_answers, following
from dialogue.groups import settling
from dialogue.models import BetterAnswer, BetterInvite, FollowedIssue, Follower, PositionKey, PulseAnswer, PulseInvite
from dialogue.pulse import pulse_answers
from surveys.batching import batch, blank_counts, bursts, dead_marks
from surveys.models import BlankCount, Burst

WRITERS = {
    dead_marks.KIND: dead_marks.write,  # before those who give an address anew, which takes its mark away
    following.KIND: following.write,
    better_answers.KIND: better_answers.write,
    pulse_answers.KIND: pulse_answers.write,
    blank_counts.KIND: blank_counts.write,
    bursts.KIND: bursts.write,
}
# Each before those that refer to it.
TABLES = (
    *(Follower, FollowedIssue, BetterInvite, BetterAnswer),
    *(PulseInvite, PulseAnswer, BlankCount, Burst, PositionKey, DeadAddress),
)


def write() -> bool:
    """Write what waits, and rewrite the tables. False when it was put off because they are in use, by a backup say.

    The keys of settled positions have been deleted; rewriting their table removes them from the database's files too.
    Those of ended groups are settled last, so that nothing there can stop what waits: the next batch rewrites theirs.
    """
    is_written = batch.write_batch(WRITERS, TABLES)
    settling.settle_ended_groups()
    return is_written

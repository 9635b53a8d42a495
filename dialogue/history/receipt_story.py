"""«Vad hände sen?»: what has come of an issue since somebody spoke, in a few lines about what she said."""

import datetime as dt
from collections.abc import Callable, Collection, Iterable, Iterator
from dataclasses import dataclass

from dialogue.followers.better_questions import BetterFigures
from dialogue.history.issue_events import Event
from dialogue.models import Decision, PartDecision
from dialogue.rules.activities import ENDS, ActivityState
from dialogue.rules.decisions import PartState

LINES = 5


@dataclass(frozen=True)
class Line:
    """One thing that happened, said shortly."""

    kind: str  # "answers", "against", "asked", "yes", "no", "withdrawn", "activity", "closed", or as in happenings
    event: Event
    better: BetterFigures | None = None  # what those who follow the issue said when it was done

    @property
    def no(self) -> PartDecision | None:
        """The body that said no, with its reason."""
        return _no(self.event.decision) if self.event.decision else None

    @property
    def is_over(self) -> bool:
        """Whether the activity it tells of has ended."""
        return self.event.news is not None and self.event.news.state in ENDS


def lines(events: Iterable[Event], hers: Collection[int], since: dt.date) -> tuple[Line, ...]:
    """At most five, oldest first: the proposal about her perspectives, the answer to it, what was done, the reply.

    `hers` are the keys of the perspectives that her words are part of today.
    """
    later = [event for event in events if event.on >= since]
    chosen = [
        *_last(_outside(later), lambda line: line.event.outside)[-1:],
        *_last(_proposals(later, set(hers)), lambda line: line.kind),
        *sorted(_last(_decisions(later), lambda line: line.event.decision), key=_asked)[-1:],
        *_last(_activities(later), lambda line: line.event.activity)[-2:],
        *_last((Line("closed", event) for event in later if event.kind == "close"), lambda _: None),
    ]
    return tuple(sorted(chosen[-LINES:], key=lambda line: line.event.on))


def _last(found: Iterable[Line], about: Callable[[Line], object]) -> list[Line]:
    """The last line about each thing, in the order they happened."""
    by_thing: dict[object, Line] = {}
    for line in found:
        by_thing.pop(about(line), None)
        by_thing[about(line)] = line
    return list(by_thing.values())


def _asked(line: Line) -> dt.datetime:
    """When the bodies were asked: what was asked last is what counts today."""
    return line.event.decision.requested_at if line.event.decision else dt.datetime.min.replace(tzinfo=dt.UTC)


def _proposals(events: Iterable[Event], hers: set[int]) -> Iterator[Line]:
    """Those that answer her perspectives or go against them. What was taken back leads nowhere."""
    for event in events:
        if event.told is None or event.told.proposal.withdrawn_at is not None:
            continue
        if hers & {one.pk for one in event.told.answers}:
            yield Line("answers", event)
        elif hers & {one.pk for one in event.told.against}:
            yield Line("against", event)


def _decisions(events: Iterable[Event]) -> Iterator[Line]:
    """What was asked for, as it stands today; what has been replaced is told by what replaced it."""
    for event in events:
        if event.decision is None or event.kind not in ("asked", "answer", "settled", "withdrawn"):
            continue
        outcome = event.decision.outcome
        if outcome == "in_force":
            yield Line("yes", event)
        elif outcome == "refused":
            yield Line("no", event)
        elif outcome == "pending":
            yield Line("asked", event)
        elif outcome == "withdrawn":
            yield Line("withdrawn", event)


def _outside(events: Iterable[Event]) -> Iterator[Line]:
    """What somebody outside was asked and answered: names that were gathered, a letter."""
    for event in events:
        if event.outside is not None:
            yield Line(event.kind, event)


def _activities(events: Iterable[Event]) -> Iterator[Line]:
    for event in events:
        if (
            event.kind == "activity"
            and event.news
            and event.news.state in (*ENDS, ActivityState.RUNNING, ActivityState.PAUSED)
        ):
            yield Line("activity", event)


def _no(decision: Decision) -> PartDecision | None:
    return next((part for part in decision.parts.all() if part.answer == PartState.REFUSED), None)

"""Events of the staircase: started rounds, moves between steps, closing answers."""

from collections.abc import Iterable, Iterator

from django.utils import timezone

from dialogue.history.events.event_types import Event, IssueClosed, RoundStarted, StepMoved
from dialogue.models import Round
from dialogue.rules.staircase import Move, Step


def rounds_of(events: list[Event]) -> list[Round]:
    """The rounds that started among the events of an issue, the first one first."""
    rounds = {event.round.pk: event.round for event in events if isinstance(event, RoundStarted)}
    return sorted(rounds.values(), key=_number)


def _number(round_: Round) -> int:
    return round_.number


def list_round_events(rounds: Iterable[Round]) -> Iterator[Event]:
    """The start of each round and its moves; the move to the first step is told by the start. `changes` prefetched."""
    for round_ in rounds:
        changes = list(round_.changes.all())
        begins = bool(changes) and changes[0].to_step == Step.INTERVIEWS
        yield RoundStarted(round_.started_on, round_, change=changes[0] if begins else None)
        for change in changes[1:] if begins else changes:
            event_type = IssueClosed if change.move == Move.CLOSE else StepMoved
            yield event_type(timezone.localdate(change.at), round_, change=change)

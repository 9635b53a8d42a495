"""What is not finished in a dialogue that is about to end."""

from collections.abc import Sequence
from dataclasses import dataclass

from dialogue.models import Activity, Dialogue, Issue, PartDecision
from dialogue.rules.activities import ENDS
from surveys.models import Wave


@dataclass(frozen=True)
class Unfinished:
    """What goes on when the dialogue ends, since nothing is closed with it."""

    waves: Sequence[Wave]  # that take answers
    issues: Sequence[Issue]  # whose askers have no answer
    awaited: int  # answers of bodies
    activities: int

    def __bool__(self) -> bool:
        """Whether there is anything."""
        return bool(self.waves or self.issues or self.awaited or self.activities)


def what_is_left(dialogue: Dialogue) -> Unfinished:
    """Return what is not finished. A constant number of queries."""
    answered = dialogue.issues.all().answered().values("pk")
    return Unfinished(
        waves=list(Wave.objects.open().filter(survey__dialogues=dialogue).select_related("survey")),
        issues=list(dialogue.issues.exclude(pk__in=answered)),
        awaited=PartDecision.objects.open().filter(decision__dialogue=dialogue).count(),
        activities=Activity.objects.filter(dialogue=dialogue).exclude(state__in=ENDS).count(),
    )

"""The helpers of a district: what each has been given, and which of the coordinator's pages she opens too."""

import datetime as dt
from typing import Any

from django.utils import timezone

from actors.models import Affiliation, Collaboration, User
from actors.rules.helping import HelperTask
from surveys.models import Answer, PiledText, Statement
from tests import factories as make

TASKS = {
    "interviewer": HelperTask.CONVERSATIONS,
    "coder": HelperTask.CODING,
    "communicator": HelperTask.COMMUNICATION,
    "reader": HelperTask.READING,
}
HELPERS = tuple(TASKS)
_LEADS = frozenset({"coordinator"})
_TALKS, _CODES = _LEADS | {"interviewer"}, _LEADS | {"coder"}
_WRITES, _READS = _LEADS | {"communicator"}, _LEADS | {"reader"}
_CODING = ("cut", "split", "finish", "review", "keep-back", "reopen", "attach", "detach", "undo")
# The conversation of the district is the coordinator's: a leader of conversations opens her own only.
HELPERS_PAGES = {
    **dict.fromkeys(("interviews", "interview-new"), _TALKS),
    **dict.fromkeys(("coding", "coding-source", "second-coding", *(f"coding-{act}" for act in _CODING)), _CODES),
    **dict.fromkeys(("public-texts", "dialogue-texts", "issue-texts", "poster", "sheet", "channel-qr"), _WRITES),
    **dict.fromkeys(("issues", "issue", "groups", "group", "proposals", "proposal", "decisions", "decision"), _READS),
    **dict.fromkeys(
        ("activities", "activity", "statements", "perspectives", "perspective", "codebook", "pace"), _READS
    ),
    **dict.fromkeys(("second-coding-text", "second-coding-done"), frozenset({"coder"})),
}


def give_helpers_their_work(place: Collaboration, people: dict[str, User | None]) -> dict[str, Any]:
    """Give each helper her task, and the coder a text to read and two statements to code again, one of them done.

    Returns the values of the parts of routes that lead to them.
    """
    by, coder = people["coordinator"], people["coder"]
    assert by
    assert coder
    roles = {name: make.helper(place, people[name], task, by) for name, task in TASKS.items()}
    make.pile(place, coder, by, _to_read(place))
    confirmed = Statement.objects.heard_in(place).publishable().get()
    waiting = make.pile(place, coder, by, confirmed)
    done = make.pile(place, coder, by, make.statement(confirmed.wave, "Klipp häcken.", by=by))
    PiledText.objects.filter(pile=done).update(done_at=timezone.now())
    titled = Affiliation.objects.get(user=people["right_body"])
    routes: dict[str, Any] = {"personer/person/<int:pk>": coder.pk, "personer/titel/<int:pk>": titled.pk}
    routes |= {"personer/uppdrag/<int:pk>": roles["coder"].pk, "koda-igen/hog/<int:pk>": done.pk}
    return routes | {"hogar/<int:pk>": done.pk, "koda-igen/<int:pk>": waiting.texts.get().pk}


def _to_read(place: Collaboration) -> Answer:
    """The answer that a web form brought and nobody has cut."""
    untouched = Answer.objects.filter(statements=None, response__imported_in=None)
    return untouched.get(response__wave__survey__collaboration=place)


def yesterday() -> dict[str, Any]:
    """Fields of a task whose last day was yesterday."""
    day = timezone.localdate() - dt.timedelta(days=1)
    return {"starts_on": day - dt.timedelta(days=30), "ends_on": day}

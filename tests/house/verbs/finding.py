"""Find the verbs: every public function and method of our apps with a parameter `by` that is a user."""

import importlib
import inspect
import pkgutil
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from actors.models import User

APPS = ("actors", "surveys", "dialogue", "reports")
PEOPLE = (User, User | None)

# Called by verbs that have asked, to write down who acted: a log, a letter, or a part of what the verb does.
WRITTEN_BY_VERBS = frozenset(
    {
        "actors.models.history.record_event",
        "actors.mandates.ending.end_after",
        "actors.mandates.letters.tell_of_entry",
        "actors.partners.descriptions.record_where_known",
        "surveys.models.survey.Survey.record_change",
        "surveys.codebook.perspectives.record_event",
        "surveys.statements.cutting.record_event",
        "dialogue.models.history.DecisionEvent.note_part",
        "dialogue.models.history.GroupEvent.note",
        "dialogue.letters.to_officials.ask_colleague",
        "dialogue.letters.to_officials.tell_of_withdrawal",
        "dialogue.letters.to_officials.tell_of_taken_counter",
        "dialogue.meetings.minutes_letters.send_minutes_ready",
        "dialogue.meetings.draft_proposals.sync_draft",
        "dialogue.activities.consequences.pause_activities_under",
        "dialogue.activities.consequences.repoint_activities",
        "reports.practice.made_up_answers.fill",
        "reports.practice.coded_example.code",
    }
)


# Pages log what was read, so they may call it too; the admin site, which asks for the right itself, writes a letter.
NOT_VERBS = WRITTEN_BY_VERBS | {
    *("actors.security_log.recording.record", "actors.people.controller_changes.tell"),
    "actors.people.sessions.end_sessions",  # its `by` is whom the log names; pages give one's own account only
}


@dataclass(frozen=True)
class Verb:
    """A function, or a method of a model, that a person performs."""

    name: str  # «surveys.models.fielding.Wave.open»
    function: Callable[..., Any]

    def perform(self, by: User, arguments: Mapping[str, Any]) -> None:
        """Call it, on `arguments["self"]` if it is a method of an object."""
        given = dict(arguments)
        target = given.pop("self", None)
        function = getattr(target, self.function.__name__) if target is not None else self.function
        function(**given, by=by)


def modules() -> Iterator[Any]:
    """Yield every module of our apps."""
    for app in APPS:
        package = importlib.import_module(app)
        for module in pkgutil.walk_packages(package.__path__, f"{app}."):
            if ".migrations" not in module.name:
                yield importlib.import_module(module.name)


def functions_with_by() -> Iterator[Verb]:
    """Yield every public function and method with a parameter called `by`, in the module that defines it."""
    for module in modules():
        owners = [(module.__name__, module)]
        classes = inspect.getmembers(module, inspect.isclass)
        owners += [(f"{module.__name__}.{name}", each) for name, each in classes if each.__module__ == module.__name__]
        for prefix, owner in owners:
            for name, function in inspect.getmembers(owner, inspect.isroutine):
                is_ours = getattr(function, "__module__", "") == module.__name__
                if is_ours and not name.startswith("_") and "by" in inspect.signature(function).parameters:
                    yield Verb(f"{prefix}.{name}", function)


def is_on_a_page(verb: Verb) -> bool:
    """Whether it belongs to a form or a view, which only hand `by` on to a verb."""
    return {"forms", "views"} & set(verb.name.split(".")) != set()


def verbs() -> list[Verb]:
    """Return what must ask for the right, by name."""
    found_here = [verb for verb in functions_with_by() if not is_on_a_page(verb)]
    return sorted((verb for verb in found_here if verb.name not in NOT_VERBS), key=lambda verb: verb.name)

"""What residents read of each dialogue that has not ended, the languages that it lacks, and what is printed.

Nothing of what anybody has said.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Max

from actors.models import Collaboration, User
from dialogue.models import Activity, Dialogue, Issue
from dialogue.process.forms.dialogue import DIALOGUE_TEXTS
from ostberga.lib.translations.languages import LANGUAGES, SOURCE, SWEDISH_NAMES, missing_languages
from surveys.models import Channel, Survey

ISSUE_TEXTS = ("title", "description", "next_up")


@dataclass(frozen=True)
class IssueTexts:
    """An issue, and the languages in which some text of it is missing, by their Swedish names."""

    issue: Issue
    missing: list[str]


@dataclass(frozen=True)
class DialogueTexts:
    """A dialogue with its issues and the activities that residents read about, and what its own texts lack."""

    dialogue: Dialogue
    missing: list[str]
    issues: list[IssueTexts]
    activities: list[Activity]  # each with `told_at`, when something was last told


@dataclass(frozen=True)
class PrintedForm:
    """A form that is handed out: its channels that are used, and the languages of its paper forms, (code, name)."""

    survey: Survey
    channels: list[Channel]
    languages: list[tuple[str, str]]


def list_dialogue_texts(collaboration: Collaboration, user: User) -> list[DialogueTexts]:
    """Return the dialogues whose texts this person may write and that have not ended, those that go on first."""
    mine = Dialogue.objects.texts_written_by(user).filter(collaboration=collaboration, ended_on=None)
    dialogues = list(mine.select_related("collaboration").order_by("-is_current", "pk"))
    issues = list(Issue.objects.filter(dialogue__in=dialogues).order_by("position", "pk"))
    told = Activity.objects.filter(pk__in=Activity.objects.public().filter(dialogue__in=dialogues).values("pk"))
    activities = list(told.annotate(told_at=Max("events__at")).select_related("issue").order_by("start", "pk"))
    asked = collaboration.languages
    return [
        DialogueTexts(
            dialogue,
            _missing((getattr(dialogue, name) for name in DIALOGUE_TEXTS), asked),
            [_issue_texts(issue, asked) for issue in issues if issue.dialogue_id == dialogue.pk],
            [activity for activity in activities if activity.dialogue_id == dialogue.pk],
        )
        for dialogue in dialogues
    ]


def list_printed_forms(collaboration: Collaboration, user: User) -> list[PrintedForm]:
    """Return the forms in use whose posters this person may print, each with the channels that are not closed."""
    mine = Survey.objects.texts_written_by(user).filter(collaboration=collaboration, archived_at=None)
    return [
        PrintedForm(
            survey,
            [channel for channel in survey.channels.all() if channel.closed_at is None],
            [(code, SWEDISH_NAMES[code]) for code in survey.languages],
        )
        for survey in mine.prefetch_related("channels").order_by("pk")
    ]


def _issue_texts(issue: Issue, asked: list[str]) -> IssueTexts:
    return IssueTexts(issue, _missing((getattr(issue, name) for name in ISSUE_TEXTS), asked))


def _missing(texts: Iterable[dict[str, str]], asked: list[str]) -> list[str]:
    """The asked languages that some text which is written in Swedish lacks, by their Swedish names."""
    lacked = {code for text in texts if text.get(SOURCE) for code in missing_languages(text)}
    return [SWEDISH_NAMES[code] for code in LANGUAGES if code in lacked and (not asked or code in asked)]

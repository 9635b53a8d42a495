"""What each column holds: guessed from its heading, and chosen by a person where the guess is wrong."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from surveys.models import Question, Survey
from surveys.questionnaire.survey_definition import AskedQuestion, build_question
from surveys.rules.questions import QuestionKind

DAY, PLACE, LANGUAGE, SKIP = "datum", "plats", "sprak", ""
# Columns of the sheet with refused rows, which comes back corrected.
ROW_HEADING, REASON_HEADING = "Rad i filen", "Varför den inte sparades"

_HEADINGS = {
    DAY: {"datum", "dag", "när", "date", "inkom", "inkommen", "svarsdatum", "tidpunkt", "vecka"},
    PLACE: {"område", "plats", "var", "kanal", "stadsdel", "area", "place", "location", "delområde"},
    LANGUAGE: {"språk", "language", "svarsspråk"},
}
_BACKGROUND = {
    "role": {"roll", "role", "kategori", "målgrupp", "vem"},
    "age_band": {"ålder", "age", "åldersgrupp", "åldersintervall", "åldersspann"},
    "gender": {"kön", "gender"},
    "years_here": {"tid i området", "bott här", "boendetid", "år i området"},
}
_SAID = {
    *("synpunkt", "synpunkter", "kommentar", "kommentarer", "svar", "fritext", "fritextsvar", "åsikt", "åsikter"),
    *("förslag", "tankar", "text", "det som sades", "vad sades", "comment", "comments", "answer"),
}
_NUMBER = re.compile(r"^(?:(?:fråga|question|q)\s*\d+[a-d]?\s*[.):–-]*|\d+[a-d]?\s*[.):])\s*", re.IGNORECASE)
_PLACE_NAME = re.compile(
    r"\s(?:i|på|vid|kring|runt)\s(?:(?:ditt|vårt|ert)\s(?:område|kvarter)|din\sstadsdel|området|stadsdelen"
    r"|[A-ZÅÄÖ][\w-]*(?:\s[A-ZÅÄÖ][\w-]*)*)$|\shär$"
)


@dataclass(frozen=True)
class Column:
    """A column of the table, and its role: DAY, PLACE, LANGUAGE, SKIP or the name of a question."""

    index: int
    heading: str
    role: str
    question: AskedQuestion | None = None
    is_hidden: bool = False

    def __str__(self) -> str:
        return self.label

    @property
    def letter(self) -> str:
        """Its name in a spreadsheet."""
        return column_letter(self.index)

    @property
    def label(self) -> str:
        """The heading in few characters, or its letter when it has none."""
        return shorten(self.heading, 40) or f"Kolumn {self.letter}"

    @property
    def is_read(self) -> bool:
        """Whether its cells are stored."""
        return self.role != SKIP


@dataclass(frozen=True)
class Wordings:
    """The questions that a column can answer: those of the form today, then earlier wordings, newest first."""

    current: tuple[AskedQuestion, ...]
    earlier: tuple[AskedQuestion, ...]
    roots: Mapping[int, int]  # each question's key: the key of its first wording

    def named(self, name: str) -> AskedQuestion | None:
        """Return the question with this field name, if any."""
        return next((question for question in (*self.current, *self.earlier) if question.name == name), None)


def load_wordings(survey: Survey) -> Wordings:
    """Load all questions that the form asks or has asked. One query."""
    rows = list(survey.questions.order_by("position", "-pk"))
    return Wordings(
        current=tuple(build_question(row) for row in rows if row.retired_at is None),
        earlier=tuple(build_question(row) for row in rows if row.retired_at is not None),
        roots=_roots(rows),
    )


def guess_roles(headings: Sequence[str], wordings: Wordings) -> list[str]:
    """Return the role of each column, SKIP where nothing fits. No role is guessed twice: the first column keeps it."""
    roles: list[str] = []
    for heading in headings:
        role = _guess(heading, wordings)
        roles.append(role if role not in roles else SKIP)
    said = _main_question(wordings)
    if said and said.name not in roles:
        fitting = [at for at, heading in enumerate(headings) if not roles[at] and _plain(heading) in _SAID]
        roles = [said.name if fitting and at == fitting[0] else role for at, role in enumerate(roles)]
    return roles


def role_choices(wordings: Wordings) -> list[tuple[str, str]]:
    """Return the roles a person can choose between, with labels."""
    questions = [(question.name, _label(question)) for question in wordings.current]
    earlier = [(question.name, f"Tidigare lydelse: {_label(question)}") for question in wordings.earlier]
    return [
        (SKIP, "Hoppa över"),
        *questions,
        (DAY, "Datum"),
        (PLACE, "Område eller plats"),
        (LANGUAGE, "Språk"),
        *earlier,
    ]


def column_letter(index: int) -> str:
    """Return the name of a column in a spreadsheet: A, B … Z, AA."""
    name = ""
    while index >= 0:
        index, letter = index // 26 - 1, index % 26
        name = chr(ord("A") + letter) + name
    return name


def shorten(text: str, length: int = 60) -> str:
    """Return the text on one line, cut to a number of characters."""
    line = " ".join(text.split())
    return line if len(line) <= length else f"{line[: length - 1]}…"


def normalise(text: str) -> str:
    """Return the text for comparing headings and labels: case, spaces and final punctuation do not count."""
    return " ".join(text.casefold().split()).rstrip("?؟*:. ")


def _label(question: AskedQuestion) -> str:
    return shorten(question.text.get("sv", ""), 70)


def _roots(rows: Iterable[Question]) -> dict[int, int]:
    before = {row.pk: row.replaces_id for row in rows}
    roots = {}
    for key in before:
        root = key
        while (earlier := before.get(root)) is not None:
            root = earlier
        roots[key] = root
    return roots


def _guess(heading: str, wordings: Wordings) -> str:
    wanted = _plain(heading)
    if not wanted:
        return SKIP
    if question := _asked_in(heading, wordings):
        return question.name
    for role, words in _HEADINGS.items():
        if wanted in words:
            return role
    keys = [key for key, words in _BACKGROUND.items() if wanted in words]
    return next((question.name for question in wordings.current if question.background in keys), SKIP)


def _asked_in(heading: str, wordings: Wordings) -> AskedQuestion | None:
    """Return the question that the heading is: word by word, else without number and place name where only one fits."""
    questions = (*wordings.current, *wordings.earlier)
    for question in questions:
        if normalise(heading) in {normalise(text) for text in _names(question)}:
            return question
    stem = _stem(heading)
    fitting = [question for question in questions if stem and stem in {_stem(text) for text in _names(question)}]
    is_one = len({wordings.roots[question.pk] for question in fitting}) == 1
    return fitting[0] if is_one else None


def _names(question: AskedQuestion) -> list[str]:
    return [text for text in (*question.text.values(), question.name, question.background) if text]


def _stem(heading: str) -> str:
    """Return a question without its number and without the name of the place, which differ between files."""
    plain = _NUMBER.sub("", " ".join(heading.split())).rstrip("?؟*:. ")
    return normalise(_PLACE_NAME.sub("", plain))


def _plain(heading: str) -> str:
    return normalise(_NUMBER.sub("", heading.strip()))


def _main_question(wordings: Wordings) -> AskedQuestion | None:
    """Return the first question that is answered in one's own words."""
    return next((q for q in wordings.current if q.spec.kind == QuestionKind.FREE_TEXT and not q.background), None)

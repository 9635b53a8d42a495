"""What each column holds: guessed from its heading, and chosen by a person where the guess is wrong."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from surveys.importing.columns.remembering import heading_name, load_remembered
from surveys.models import Question, Survey
from surveys.questionnaire.survey_definition import AskedQuestion, build_question
from surveys.rules.questions import QuestionKind

DAY, PLACE, LANGUAGE, RECEIPT, NOTE, SKIP = "datum", "plats", "sprak", "kvitto", "anteckning", ""
SKIPPED = "-"  # how SKIP is remembered
# Columns of the sheet with refused rows, which comes back corrected.
ROW_HEADING, REASON_HEADING = "Rad i filen", "Varför den inte sparades"

_HEADINGS = {
    DAY: {"datum", "dag", "när", "date", "inkom", "inkommen", "svarsdatum", "tidpunkt", "vecka"},
    PLACE: {"område", "plats", "var", "kanal", "stadsdel", "area", "place", "location", "delområde"},
    LANGUAGE: {"språk", "language", "svarsspråk"},
    RECEIPT: {"kvitto", "kvittokod", "receipt", "receipt code"},
    NOTE: {"anteckning", "anteckningar", "egen anteckning", "notering", "intern kommentar", "note", "notes"},
}
_BACKGROUND = {
    "role": {"roll", "role", "kategori", "målgrupp", "vem"},
    "age_band": {"ålder", "age", "åldersgrupp", "åldersintervall", "åldersspann"},
    "gender": {"kön", "gender"},
    "years_here": {"tid i området", "bott här", "boendetid", "år i området"},
}
_SAID = {
    *("synpunkt", "synpunkter", "kommentar", "kommentarer", "svar", "fritext", "fritextsvar", "åsikt", "åsikter"),
    *("vad tycker du", "vad tycker ni", "din synpunkt", "dina synpunkter", "ditt svar", "utsaga", "utsagor", "citat"),
    *("förslag", "tankar", "text", "det som sades", "vad sades", "comment", "comments", "answer"),
}
_LAST = "?؟*:.… "
_NUMBER = re.compile(r"^(?:(?:fråga|question|q)\s*\d+[a-d]?\s*[.):–-]*|\d+[a-d]?\s*[.):])\s*", re.IGNORECASE)
_PLACE_NAME = re.compile(
    r"\s(?:i|på|vid|kring|runt)\s(?:(?:ditt|vårt|ert)\s(?:område|kvarter)|din\sstadsdel|området|stadsdelen"
    r"|[A-ZÅÄÖ][\w-]*(?:\s[A-ZÅÄÖ][\w-]*)*)$|\shär$"
)


@dataclass(frozen=True)
class Column:
    """A column of the table, and its role: DAY, PLACE, LANGUAGE, RECEIPT, NOTE, SKIP or the name of a question."""

    index: int
    heading: str
    role: str
    question: AskedQuestion | None = None
    is_hidden: bool = False
    is_corrected: bool = False  # another role was guessed

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
    def meaning(self) -> str:
        """The role as it is remembered for other files: a background question is the same in every form."""
        background = self.question.background if self.question else ""
        return background or self.role or SKIPPED

    @property
    def is_read(self) -> bool:
        """Whether its cells are stored."""
        return self.role != SKIP


@dataclass(frozen=True)
class Wordings:
    """What a column can be: questions of today and earlier wordings (newest first), and what is known of values."""

    current: tuple[AskedQuestion, ...]
    earlier: tuple[AskedQuestion, ...]
    roots: Mapping[int, int]  # each question's key: the key of its first wording
    remembered: Mapping[str, str] = field(default_factory=dict)  # what was chosen for earlier files
    places: tuple[str, ...] = ()  # the names of the form's channels

    def remembered_role(self, heading: str) -> str | None:
        """Return the role that was chosen for this heading in an earlier file; None when none holds here."""
        choice = self.remembered.get(heading_name(heading)) if heading else None
        if choice in {None, SKIPPED, DAY, PLACE, LANGUAGE, RECEIPT, NOTE}:
            return SKIP if choice == SKIPPED else choice
        fitting = (question.name for question in self.current if choice == question.background)
        return choice if self.named(str(choice)) else next(fitting, None)

    def named(self, name: str) -> AskedQuestion | None:
        """Return the question with this field name, if any."""
        return next((question for question in (*self.current, *self.earlier) if question.name == name), None)


def load_wordings(survey: Survey) -> Wordings:
    """Load the questions the form asks or has asked, its places, and earlier choices. Three queries."""
    rows = list(survey.questions.order_by("position", "-pk"))
    return Wordings(
        current=tuple(build_question(row) for row in rows if row.retired_at is None),
        earlier=tuple(build_question(row) for row in rows if row.retired_at is not None),
        roots=_roots(rows),
        remembered=load_remembered(survey.collaboration_id),
        places=tuple(survey.channels.values_list("label", flat=True)),
    )


def guess_roles(headings: Sequence[str], wordings: Wordings) -> list[str]:
    """Return the role of each column, SKIP where nothing fits. No role is guessed twice: the first column keeps it."""
    roles: list[str] = []
    open_columns: list[int] = []
    for at, heading in enumerate(headings):
        remembered = wordings.remembered_role(heading)
        role = _guess(heading, wordings) if remembered is None else remembered
        roles.append(role if role not in roles else SKIP)
        open_columns += [at] if role == SKIP and remembered is None else []
    said = main_question(wordings)
    if said and said.name not in roles:
        fitting = [at for at in open_columns if _plain(headings[at]) in _SAID]
        roles = [said.name if [at] == fitting[:1] else role for at, role in enumerate(roles)]
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
        (RECEIPT, "Kvittokod"),
        (NOTE, "Vår egen anteckning"),
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
    return " ".join(text.casefold().split()).rstrip(_LAST)


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
    plain = _NUMBER.sub("", " ".join(heading.split())).rstrip(_LAST)
    return normalise(_PLACE_NAME.sub("", plain))


def _plain(heading: str) -> str:
    return normalise(_NUMBER.sub("", heading.strip()))


def main_question(wordings: Wordings) -> AskedQuestion | None:
    """Return the first question that is answered in one's own words."""
    return next((q for q in wordings.current if q.spec.kind == QuestionKind.FREE_TEXT and not q.background), None)

"""What a column holds, guessed from its values where its heading says nothing. Pure."""

import datetime as dt
from collections.abc import Callable, Sequence
from functools import cache

from django.conf.locale import LANG_INFO
from django.utils.translation import gettext, override

from surveys.importing.columns.cell_values import read_choices, read_language
from surveys.importing.columns.column_roles import DAY, LANGUAGE, PLACE, SKIP, Wordings, main_question, normalise
from surveys.importing.columns.days import UnreadableDay, read_day
from surveys.questionnaire.survey_definition import AskedQuestion
from surveys.rules.languages import OTHER_LANGUAGE
from surveys.rules.questions import QuestionKind

_SAMPLE = 400  # rows
_MOST = 0.8  # of the distinct values must fit
_LONG = 20  # characters, from which values are words of one's own rather than labels


def guess_from_values(
    roles: Sequence[str], columns: Sequence[Sequence[str]], wordings: Wordings, today: dt.date
) -> list[str]:
    """Return the roles with those of unknown columns guessed from their values. No role is given twice.

    `columns` are the cells under each heading, empty where nothing is to be guessed.
    """
    guessed = list(roles)
    places = {normalise(place) for place in wordings.places}
    for at, role in enumerate(roles):
        values = _distinct(columns[at])
        if role == SKIP and values and not _numbers_rows(values):
            fits = [(role, test) for role, test in _tests(wordings, places, today) if role not in guessed]
            guessed[at] = _only([role for role, test in fits if _share(values, test) >= _MOST])
    return _with_main_question(guessed, columns, wordings)


def _tests(wordings: Wordings, places: set[str], today: dt.date) -> list[tuple[str, Callable[[str], bool]]]:
    chosen = [question for question in wordings.current if question.spec.kind != QuestionKind.FREE_TEXT]
    tests: list[tuple[str, Callable[[str], bool]]] = [(question.name, _is_answer_to(question)) for question in chosen]
    return [
        *tests,
        (DAY, lambda value: _is_day(value, today)),
        (LANGUAGE, _is_language),
        (PLACE, lambda value: normalise(value) in places),
    ]


def _is_answer_to(question: AskedQuestion) -> Callable[[str], bool]:
    allowed, is_age = set(question.spec.allowed), question.background == "age_band"
    return lambda value: not (is_age and _is_a_few(value)) and set(read_choices(question, value)) <= allowed


def _is_a_few(value: str) -> bool:
    """Whether it is a number that rather counts or grades something than being somebody's age."""
    return value.isdecimal() and len(value) == 1


def _is_day(value: str, today: dt.date) -> bool:
    if value.isdigit() and len(value) < 6:
        return False
    try:
        return read_day(value, today).day <= today
    except UnreadableDay:
        return False


def _is_language(value: str) -> bool:
    return read_language(value) != OTHER_LANGUAGE or normalise(value).split("-")[0].split("_")[0] in _languages()


@cache
def _languages() -> frozenset[str]:
    """Return the codes and names, in Swedish, English and themselves, of the languages that Django knows."""
    names: set[str] = set()
    with override("sv"):
        for code, info in LANG_INFO.items():
            if "name" in info:
                names |= {code.split("-")[0], normalise(info["name"]), normalise(info["name_local"])}
                names.add(normalise(gettext(info["name"])))
    return frozenset(names | {"dari", "tigrinska", "kurdiska", "sorani", "kurmanji", "romani", "pashto"})


def _only(fitting: Sequence[str]) -> str:
    """Return the role that fits; none where several do, since a wrong guess is worse than a question."""
    return fitting[0] if len(fitting) == 1 else SKIP


def _numbers_rows(values: Sequence[str]) -> bool:
    """Whether the values are 1, 2, 3 …, or any such numbers in order: they tell which row it is."""
    if len(values) < 3 or not all(value.isdecimal() and len(value) < 9 for value in values):
        return False
    return [int(value) - int(values[0]) for value in values] == list(range(len(values)))


def _distinct(cells: Sequence[str]) -> list[str]:
    return list(dict.fromkeys(cell for cell in cells[:_SAMPLE] if cell))


def _share(values: Sequence[str], test: Callable[[str], bool]) -> float:
    return sum(map(test, values)) / len(values)


def _with_main_question(roles: list[str], columns: Sequence[Sequence[str]], wordings: Wordings) -> list[str]:
    """Give the question that is answered in one's own words to the only column of words, if it has none."""
    main = main_question(wordings)
    if main is None or any(main.name == role for role in roles):
        return roles
    wordy = [at for at, role in enumerate(roles) if role == SKIP and _is_words(_distinct(columns[at]))]
    return [main.name if wordy == [at] else role for at, role in enumerate(roles)]


def _is_words(values: Sequence[str]) -> bool:
    lengths = sorted(map(len, values))
    return bool(lengths) and lengths[len(lengths) // 2] >= _LONG and any(" " in value for value in values)

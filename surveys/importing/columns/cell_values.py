"""What a cell says: a language, or the codes of a question's options. Pure."""

import re
from collections.abc import Mapping, Sequence
from functools import lru_cache

from surveys.importing.columns.column_roles import normalise
from surveys.questionnaire.survey_definition import AskedOption, AskedQuestion
from surveys.rules.languages import LANGUAGE_NAMES, OTHER_LANGUAGE
from surveys.rules.questions import QuestionKind

_LANGUAGES = {
    "sv": {"sv", "swe", "sve", "svenska", "swedish", "på svenska"},
    "en": {"en", "eng", "engelska", "english", "på engelska"},
    "so": {"so", "som", "somaliska", "somali", "soomaali", "af-soomaali"},
    "ar": {"ar", "ara", "arabiska", "arabic", "عربي", "العربية"},
}
_ROLES: Mapping[str, set[str]] = {
    "boende": {
        "boende",
        "resident",
        "invånare",
        "hyresgäst",
        "bor här",
        "medborgare",
        "villaägare",
        "bostadsrättshavare",
    },
    "arbetar_har": {"arbetar här", "arbetar", "jobbar här", "anställd"},
    "forening": {"förening", "föreningar", "association", "civilsamhälle", "föreningsaktiv", "civilsamhället"},
    "naringsliv": {"näringsliv", "näringsidkare", "företag", "företagare", "business", "handlare"},
    "fortroendevald": {"förtroendevald", "förtroendevalda", "politiker", "elected"},
    "tjansteperson": {"tjänsteperson", "tjänstepersoner", "tjänsteman", "official", "handläggare"},
    "annat": {"annat", "annan", "övrigt", "övrig", "other"},
}
_GENDERS: Mapping[str, set[str]] = {
    "kvinna": {"kvinna", "k", "kvinnor", "tjej", "flicka", "woman", "female", "f"},
    "man": {"man", "m", "män", "kille", "pojke", "male"},
    "annat": {"annat", "annan", "vill inte säga", "vill ej ange", "other"},
}
_AGES = (("under_16", 0, 15), ("16_24", 16, 24), ("25_44", 25, 44), ("45_64", 45, 64), ("65_plus", 65, 130))
_AGE = re.compile(r"(\d{1,3})(?:\s?[-–—]\s?(\d{1,3}))?")


def read_language(cell: str) -> str:
    """Return the code of the language; OTHER_LANGUAGE for every other than the site's."""
    plain = normalise(cell)
    code = re.split(r"[-_ (/,]", plain, maxsplit=1)[0]
    known = {name: language for language, names in _LANGUAGES.items() for name in names}
    known |= {name: language for language, name in LANGUAGE_NAMES.items()}
    return known.get(plain) or known.get(code) or OTHER_LANGUAGE


def read_choices(question: AskedQuestion, cell: str) -> list[str]:
    """Return a cell as the form would submit it: labels become codes; several are separated by «;» or a line end.

    What is no option stays as it is written.
    """
    if question.spec.kind == QuestionKind.FREE_TEXT or not cell:
        return [cell]
    whole = _code(question, cell)
    if whole:
        return [whole]
    parts = [part.strip() for part in cell.replace("\n", ";").split(";") if part.strip()]
    return [_code(question, part) or part for part in parts]


def _code(question: AskedQuestion, cell: str) -> str:
    labels = _labels(question.options)
    plain = normalise(cell)
    if plain in labels:
        return labels[plain]
    meant = _everyday(question.background, plain)
    return meant if meant in question.spec.allowed else ""


@lru_cache
def _options_by_label(options: tuple[tuple[str, tuple[str, ...]], ...]) -> Mapping[str, str]:
    labels = {normalise(label): value for value, texts in options for label in texts}
    return labels | {normalise(value): value for value, _ in options}


def _labels(options: Sequence[AskedOption]) -> Mapping[str, str]:
    """Return the code of each label, in every language, and of each code."""
    return _options_by_label(tuple((option.value, tuple(option.text.values())) for option in options))


def _everyday(background: str, plain: str) -> str:
    """Return the code of a background question that an everyday word means; empty when none."""
    if background == "age_band":
        return _read_age(plain)
    words = {"role": _ROLES, "gender": _GENDERS}.get(background, {})
    return next((code for code, names in words.items() if plain in names), "")


def _read_age(plain: str) -> str:
    """Return the band that holds the whole age or range: «37», «25–44 år», «65+», «<16»; empty when it spans two."""
    plain = re.sub(r"\s*(?:år(?:ing)?|years?(?: old)?)$", "", plain.removeprefix("ålder").strip())
    if match := re.fullmatch(r"(?:<|under|yngre än|max)\s*(\d{1,3})", plain):
        first, last = 0, int(match[1]) - 1
    elif match := re.fullmatch(r"(?:(?:>=?|över|minst|från)\s*)?(\d{1,3})\s*(?:\+|(?:år )?(?:eller|och) äldre)", plain):
        first, last = int(match[1]), 130
    elif match := _AGE.fullmatch(plain):
        first, last = int(match[1]), int(match[2] or match[1])
    else:
        return ""
    return next((code for code, low, high in _AGES if low <= first <= last <= high), "")

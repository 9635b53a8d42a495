"""Columns of texts that are kept in several languages, and names of which a cell has several."""

from collections.abc import Callable, Sequence
from typing import TypeVar

from ostberga.lib.translations.languages import SWEDISH_NAMES, TRANSLATED
from surveys.lists.declared import LONGEST_CELL, ListColumn, Values

Thing = TypeVar("Thing")


def text_columns(name: str, label: str, *headings: str, longest: int = LONGEST_CELL) -> tuple[ListColumn, ...]:
    """Return a column for each language that a text is translated into, called as in what is taken out."""
    return tuple(
        ListColumn(
            f"{name}_{language}",
            f"{label} ({SWEDISH_NAMES[language]})",
            frozenset(f"{heading} ({SWEDISH_NAMES[language]})" for heading in headings),
            longest=longest,
            language=language,
        )
        for language in TRANSLATED
    )


def texts_of(values: Values, name: str) -> dict[str, str]:
    """Return the text of a row by language: Swedish, and those of `text_columns`."""
    texts = {"sv": values.get(name, "")} | {language: values.get(f"{name}_{language}", "") for language in TRANSLATED}
    return {language: text for language, text in texts.items() if text}


def match_names(parts: Sequence[str], find: Callable[[str], Thing | None]) -> tuple[list[Thing], list[str]]:
    """Return the things with these names, and the names that nothing has.

    A semicolon inside a name parts it in two: parts in a row that make a name together are one.
    """
    things: list[Thing] = []
    missing: list[str] = []
    at = 0
    while at < len(parts):
        ends = range(len(parts), at, -1)
        named = ((end, find("; ".join(parts[at:end]))) for end in ends)
        end, thing = next(((end, thing) for end, thing in named if thing is not None), (at + 1, None))
        if thing is None:
            missing.append(parts[at])
        elif thing not in things:
            things.append(thing)
        at = end
    return things, missing

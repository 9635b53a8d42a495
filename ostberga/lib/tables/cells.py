"""Cells as text: in Swedish for people, plain for programs, and harmless in a spreadsheet."""

import datetime as dt
import re

from django.utils import timezone

from ostberga.lib.tables.table import Cell

# A spreadsheet reads a text that begins so, also after blanks, as a formula.
_FORMULA = re.compile(r"^\s*[=+\-@\t\r＝＋－＠]")
# The place inside a text where a cell, or a line, could begin so: for a reader that parts cells by another sign. Blanks
# before it end with the line, which is a place of its own: else a thousand empty lines would be read a thousand times.
_INNER_FORMULA = re.compile(r"""(?<=[,;|\n])(?=(?:[^\S\n]|["'])*[=+\-@＝＋－＠])""")
# Signs that neither XML nor a spreadsheet can hold.
_IMPOSSIBLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff\ufffe\uffff]")


def clean(text: str) -> str:
    """Return the text without signs that a file cannot hold, and with one kind of line end."""
    return _IMPOSSIBLE.sub("", text.replace("\r\n", "\n").replace("\r", "\n"))


def looks_like_formula(text: str) -> bool:
    """Return whether a spreadsheet could run the text."""
    return _FORMULA.match(text) is not None


def local(moment: dt.datetime) -> dt.datetime:
    """Return the moment as clocks here show it, to the second, without its time zone, which spreadsheets lack."""
    return timezone.localtime(moment).replace(tzinfo=None, microsecond=0)


def as_words(cell: Cell) -> str:
    """Return the cell as text for people: «ja», 2026-11-29, 2026-11-29 13:05:00. Never None."""
    if cell is None:
        return ""
    if isinstance(cell, bool):
        return "ja" if cell else "nej"
    if isinstance(cell, dt.datetime):
        return local(cell).isoformat(sep=" ")
    return cell.isoformat() if isinstance(cell, dt.date) else clean(str(cell))


def as_harmless_words(cell: Cell) -> str:
    """Return the same, with an apostrophe before what a spreadsheet would read as a formula, and blanks for tabs.

    Also inside the text: a spreadsheet that parts cells by commas begins a cell there, whatever is quoted.
    """
    words = as_words(cell)
    if not isinstance(cell, str):
        return words
    words = f"'{words}" if looks_like_formula(words) else words
    return _INNER_FORMULA.sub("'", words.replace("\t", " "))


def as_plain_value(cell: Cell) -> str | int | bool | None:
    """Return the cell as JSON holds it: days and moments by ISO 8601, moments with their time zone."""
    if isinstance(cell, dt.datetime):
        return timezone.localtime(cell).isoformat(timespec="seconds")
    if isinstance(cell, dt.date):
        return cell.isoformat()
    return clean(cell) if isinstance(cell, str) else cell

"""Reading the cells of lists: days, numbers, words for yes, several values. Pure but for today's date."""

import datetime as dt
from collections.abc import Callable

from django.utils import timezone

from surveys.importing.columns.column_roles import normalise
from surveys.importing.columns.days import UnreadableDay, read_day
from surveys.lists.declared import BadCell, check_length
from surveys.rules.roles import AgeBand, Role

LONGEST_NAME, MOST_NAMES = 300, 100  # characters of each of the values of a cell, and how many those may be
_YES, _NO = {"ja", "x", "1", "sant", "true", "yes"}, {"nej", "0", "falskt", "false", "no", "-"}
_ROLES = {
    "boende": Role.RESIDENT, "invånare": Role.RESIDENT, "hyresgäst": Role.RESIDENT,
    "förtroendevald": Role.ELECTED, "politiker": Role.ELECTED,
    "tjänsteperson": Role.OFFICIAL, "tjänsteman": Role.OFFICIAL, "handläggare": Role.OFFICIAL,
    "näringsliv": Role.BUSINESS, "företagare": Role.BUSINESS, "företag": Role.BUSINESS,
    "förening": Role.ASSOCIATION, "föreningar": Role.ASSOCIATION, "civilsamhälle": Role.ASSOCIATION,
    "okänd": Role.UNKNOWN, "annat": Role.UNKNOWN, "vet inte": Role.UNKNOWN,
}  # fmt: skip


def read_past_day(cell: str) -> dt.date:
    """Return the day. Raises BadCell for what is none, or has not come."""
    try:
        day = read_day(cell, timezone.localdate()).day
    except UnreadableDay:
        raise BadCell(f"dagen «{cell[:30]}» går inte att läsa. Skriv till exempel 2026-10-12.") from None
    if day > timezone.localdate():
        raise BadCell("dagen har inte kommit än.")
    return day


def read_number(cell: str) -> int:
    """Return a number of people. Raises BadCell."""
    if not cell.isdecimal() or len(cell) > 4 or int(cell) > 1_000:
        raise BadCell(f"«{cell[:30]}» är inget antal.")
    return int(cell)


def read_yes(cell: str) -> bool:
    """Return whether the cell says yes. Raises BadCell for what says neither yes nor no."""
    plain = normalise(cell)
    if plain not in _YES | _NO:
        raise BadCell(f"skriv ja eller nej, inte «{cell[:30]}».")
    return plain in _YES


def read_several(cell: str) -> tuple[str, ...]:
    """Return the values of a cell, which stand between semicolons or on lines. Raises BadCell for long or many ones."""
    parts = (" ".join(part.split()) for part in cell.replace("\n", ";").split(";"))
    values = tuple(dict.fromkeys(filter(None, parts)))
    if len(values) > MOST_NAMES:
        raise BadCell(f"cellen har {len(values)} värden, högst {MOST_NAMES}.")
    return tuple(check_length(value, LONGEST_NAME) for value in values)


def read_role(cell: str) -> str:
    """Return the role of who was heard. Raises BadCell."""
    plain = normalise(cell)
    if plain not in _ROLES:
        raise BadCell(
            f"rollen «{cell[:30]}» är ingen av boende, förtroendevald, tjänsteperson, näringsliv, förening, okänd."
        )
    return _ROLES[plain].value


def read_age_band(cell: str) -> str:
    """Return the age band. Raises BadCell."""
    labels = {normalise(str(band.label)): band.value for band in AgeBand} | {band.value: band.value for band in AgeBand}
    plain = normalise(cell)
    if plain not in labels:
        raise BadCell(f"åldern «{cell[:30]}» är inget av {', '.join(str(band.label) for band in AgeBand)}.")
    return labels[plain]


def told(read: Callable[[str], str], otherwise: str) -> Callable[[str], str]:
    """Return a reader that takes «visas inte», as it stands in what was taken out here, for that."""
    return lambda cell: otherwise if normalise(cell) == "visas inte" else read(cell)

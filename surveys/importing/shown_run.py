"""What the page shows of a dry run: numbers, questions and the first rows. Can be kept as JSON. Pure."""

import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass, replace

from surveys.importing.asks import Ask
from surveys.importing.dry_run import DryRun
from surveys.importing.rows import Row, RowOutcome

# Rows that are shown of each kind. All that are not stored can be downloaded.
MOST_STORED, MOST_NOT_STORED = 500, 200


@dataclass(frozen=True)
class ShownRow:
    """A row: what becomes of it, and what was read of it."""

    number: int
    outcome: str
    reasons: list[str]
    told: str  # its week, wave, place and language, if it is stored
    notes: list[str]
    labelled: list[tuple[str, str]]


@dataclass(frozen=True)
class ShownRun:
    """A dry run as the page shows it."""

    problem: str
    fingerprint: str
    unit: str
    are_people: bool
    drops_places: bool
    reading: list[Ask]
    roles: list[Ask]
    asks: list[Ask]
    values: list[Ask]
    places: list[Ask]
    hidden_columns: list[str]
    skipped: list[str]
    rows: int
    stored: int
    asked: int
    not_stored: int
    first_stored: list[ShownRow]
    first_not_stored: list[ShownRow]
    blank: str

    def as_json(self) -> str:
        """Return it as JSON, which `from_json` reads."""
        return json.dumps(asdict(self), ensure_ascii=False)


def show(dry_run: DryRun) -> ShownRun:
    """Return what the page shows."""
    layout = dry_run.layout
    stored, not_stored = dry_run.stored, dry_run.not_stored
    return ShownRun(
        problem=dry_run.problem,
        fingerprint=dry_run.fingerprint,
        unit=dry_run.unit,
        are_people=layout.are_people,
        drops_places=dry_run.drops_places,
        reading=layout.reading,
        roles=layout.roles,
        asks=_without_rows(dry_run.asks),
        values=_without_rows(dry_run.values),
        places=_without_rows(dry_run.places),
        hidden_columns=[column.letter for column in layout.read if column.is_hidden],
        skipped=[column.label for column in layout.skipped],
        rows=len(dry_run.rows),
        stored=len(stored),
        asked=len(dry_run.asked),
        not_stored=len(not_stored),
        first_stored=[_shown_row(row) for row in stored[:MOST_STORED]],
        first_not_stored=[_shown_row(row) for row in not_stored[:MOST_NOT_STORED]],
        blank=dry_run.blank_in_words,
    )


def from_json(text: str) -> ShownRun:
    """Return the run that `as_json` wrote."""
    plain = json.loads(text)
    for name in ("reading", "roles", "asks", "values", "places"):
        plain[name] = [Ask(**{**ask, "options": tuple(map(tuple, ask["options"]))}) for ask in plain[name]]
    for name in ("first_stored", "first_not_stored"):
        plain[name] = [ShownRow(**row) for row in plain[name]]
    return ShownRun(**plain)


def _without_rows(asks: Sequence[Ask]) -> list[Ask]:
    return [replace(question, rows=()) for question in asks]


def _shown_row(row: Row) -> ShownRow:
    told = f"Vecka {row.week_in_words} · {row.wave} · {row.place_in_words} · {row.language_name}"
    notes = [] if row.outcome == RowOutcome.REFUSED else row.notes
    return ShownRow(row.number, row.outcome, row.reasons, told if row.is_stored else "", notes, row.labelled)

"""Whatever cells a list has, every row is stored as it says, or told: nothing is dropped or changed in silence."""

from collections import Counter
from uuid import uuid4

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from dialogue.lists.activities import ACTIVITIES
from dialogue.lists.decisions import DECISIONS
from dialogue.lists.issues import ISSUES
from surveys.importing.columns.layout import ImportSource
from surveys.importing.reading.delimited import format_cells
from surveys.lists import list_import
from surveys.lists.declared import ListContext
from surveys.lists.kinds.codebook import CODEBOOK
from surveys.lists.kinds.contacts import CONTACTS
from surveys.lists.kinds.conversations import CONVERSATIONS
from surveys.lists.kinds.statements import STATEMENTS
from surveys.lists.list_import import ListStored
from surveys.lists.list_rows import ListOutcome
from tests import factories as make

pytestmark = pytest.mark.django_db
KINDS = {kind.key: kind for kind in (CONVERSATIONS, CODEBOOK, STATEMENTS, ISSUES, DECISIONS, ACTIVITIES, CONTACTS)}
# A row that comes in, for each kind; others are made of it by changing cells.
GOOD = {
    "samtal": {"Datum": "2026-10-12", "Anteckningar": "Mer ljus", "Antal": "3"},
    "kodbok": {"Perspektiv": "Vi som odlar", "Tema": "Ute; Mat"},
    "utsagor": {"Utsaga": "Mer ljus", "Perspektiv": "Vi som vill se", "Roll": "boende"},
    "fragor": {"Sakfråga": "Bänken", "Perspektiv": "Vi som vill se", "Berörda": "Trafikkontoret: Lampor; ljus"},
    "beslut": {"Beslut": "Fler lampor", "Organisation": "Trafikkontoret", "Beslutsdag": "2017-02-02"},
    "aktiviteter": {"Rubrik": "Byt lampor", "Läge": "klar", "Ansvarig": "Trafikkontoret", "Sakfråga": "Belysning"},
    "kontakter": {"Organisation": "Trafikkontoret", "Funktion": "Växel", "Telefon": "08-465 004 10"},
}
# What some column reads and most do not, and what breaks rows, cells and texts.
WORDS = st.sampled_from(
    ["", "Vi som vill se", "2017-02-31", "hösten 2016", "2090-01-01", "ja", "pågår", "godkänt", "fel@example.se"]
    + ["=1+1", "#N/A", '"öppet', "två\nrader", "a;b; c", "Polismyndigheten", "\u200b", "a_x000D_b", "å" * 400, "\x00"]
)
CELLS = st.one_of(WORDS, st.text(max_size=8))
CHANGES = st.lists(st.dictionaries(st.integers(0, 15), CELLS, max_size=3), max_size=5)
QUICK = settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])


@pytest.fixture
def place(talk, autumn, ake):
    """The collaboration with a dialogue, an issue and a perspective."""
    make.issue(talk, "Belysning")
    make.perspective(talk.collaboration, ake, "Vi som vill se")
    return talk.collaboration


@pytest.fixture
def wave(autumn):
    """An open wave."""
    return autumn


def context_of(kind, place, wave):
    by = place.appointments.get().user
    return ListContext(place, by, wave if kind.needs_wave else None, "Lista.xlsx" if kind.shows_source else "")


def table_of(kind, changes):
    labels = [column.label for column in kind.columns]
    rows = [[GOOD[kind.key].get(label, "") for label in labels] for _ in changes]
    for row, changed in zip(rows, changes, strict=True):
        for at, cell in changed.items():
            row[at % len(row)] = cell
    return [labels, *rows]


@pytest.mark.parametrize("key", KINDS)
@QUICK
@given(changes=CHANGES, is_quoted=st.booleans())
def test_every_row_has_one_outcome_with_a_reason_and_what_is_shown_is_stored(place, wave, key, changes, is_quoted):
    kind = KINDS[key]
    table = table_of(kind, changes)
    source = ImportSource(text=format_cells(table) if is_quoted else "\n".join("\t".join(row) for row in table))
    run = list_import.judge(kind=kind, context=context_of(kind, place, wave), source=source, chosen={})
    counts = Counter(row.outcome for row in run.rows)

    assert not run.problem or not run.rows
    if not run.problem:
        assert sum(counts[outcome] for outcome in ListOutcome) == len(run.layout.table.rows) - run.layout.heading - 1
    assert all(row.reasons for row in run.not_stored)
    assert all(not any(run.layout.table.rows[number - 1]) for number in run.blank)
    if run.stored:
        told = {"context": context_of(kind, place, wave), "source": source, "chosen": {}}
        with transaction.atomic():
            stored = list_import.store(kind=kind, key=uuid4(), seen=run.fingerprint, **told)
            assert isinstance(stored, ListStored)
            holds_what_its_rows_say(kind, stored.done, run)
            transaction.set_rollback(True)


def holds_what_its_rows_say(kind, done, run):
    """All things are there, and their first texts are the cells that they came from, but for blanks."""
    things = list(kind.model._default_manager.filter(pk__in=done.keys))
    assert len(things) == len(done.keys)
    first = next(column.name for column in kind.columns if column.is_required)
    said, stored = [_plain(row.values.get(first, "")) for row in run.stored], [_plain(thing) for thing in things]
    if kind.key in {"fragor", "beslut", "aktiviteter"}:
        assert Counter(said) == Counter(stored)
    elif kind.key == "kodbok":  # several rows may tell of one, and one without a title of themes
        assert {text for text in said if text} == set(stored)
    elif kind.key != "samtal":
        assert len(said) == len(stored)


def _plain(text):
    return "".join(str(text).casefold().split())

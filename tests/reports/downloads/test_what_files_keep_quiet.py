"""Files that are taken out say nothing more beside each other than each says alone."""

import csv
import io
import json
import time

import pytest
from django.utils import timezone

from dialogue.groups import letters
from dialogue.models import Meeting, Seat
from ostberga.lib.tables.cells import as_harmless_words, looks_like_formula
from ostberga.lib.tables.delimited import csv_lines
from ostberga.lib.tables.table import ExportColumn, ExportTable, listed_rows
from reports.downloads.catalogue import BUNDLES
from surveys.models import Statement
from tests import factories as make
from tests.house import doors
from tests.reports.downloads.reading_files import cells_of, json_rows, made

pytestmark = pytest.mark.django_db
TEAM = BUNDLES["allt"].tables


def test_no_file_of_the_team_has_the_address_of_somebody_with_a_seat_of_her_own():
    """Beside the log of the group it would say who sits where."""
    place = doors.build().place
    meeting = Meeting.objects.get(group__dialogue__collaboration=place)
    for seat in Seat.objects.filter(group=meeting.group, user__isnull=False):
        assert seat.user
        letters.send_seat_given(seat, seat.user, at=timezone.now())
    assert letters.send_call(meeting, lambda *_: "", moved=False)
    residents = set(Seat.objects.filter(organisation=None, user__isnull=False).values_list("user__email", flat=True))
    assert set(place.letters.values_list("to", flat=True)) >= residents > set()

    told = {table.slug: made(table.slug, "json", place).decode() for table in TEAM}
    assert [(slug, address) for slug, text in told.items() for address in residents if address in text] == []


def test_letters_to_seats_are_left_out_also_to_officials():
    place = doors.build().place
    letters.send_call(Meeting.objects.get(group__dialogue__collaboration=place), lambda *_: "", moved=False)
    headings, rows = json_rows(made("brev", "json", place))

    assert "meeting-called" in set(place.letters.values_list("kind", flat=True))
    assert {row[headings.index("Slag")] for row in rows} & {"meeting-called", "seat-given", "invitation"} == set()


@pytest.fixture
def asked(autumn):
    """A question with two answers; nine people have chosen the first."""
    options = [{"value": value, "text": {"sv": value}} for value in ("Ja", "Nej")]
    question = make.question(autumn.survey, "one_choice", options=options)

    def choose(value="Ja", **fields):
        make.answer(autumn, **fields).response.answers.create(question=question, choices=[value])

    for _ in range(9):
        choose()
    return choose


def close(wave):
    wave.closed_at, wave.large_groups = timezone.now(), []
    wave.save(update_fields=["closed_at", "large_groups"])


def test_an_open_wave_is_not_counted(asked, autumn, ostberga):
    """Two files with an answer between them would say what was chosen in it."""
    assert cells_of("svar-med-val", ostberga) == []

    close(autumn)
    assert cells_of("svar-med-val", ostberga) != []


def test_a_late_answer_moves_no_number(asked, autumn, ostberga):
    close(autumn)
    before = cells_of("svar-med-val", ostberga)
    for _ in range(20):
        asked("Nej", is_late=True)

    assert cells_of("svar-med-val", ostberga) == before


def test_imported_statements_are_not_counted_as_people_without_an_answer(asked, autumn, ostberga, ake):
    close(autumn)
    before = cells_of("svar-med-val", ostberga)
    earlier = autumn.survey.imports.create(by=ake, rows=20, stored=20, people=5, is_blank=True, wave=autumn)
    for _ in range(20):
        make.answer(autumn, imported_in=earlier)

    assert cells_of("svar-med-val", ostberga) == before


def test_a_hidden_language_is_not_told_by_its_translation(autumn, ostberga, ake):
    said = make.statement(autumn, "Waa mugdi.", by=ake)
    Statement.objects.filter(pk=said.pk).update(language="so", translation="Det är mörkt.")
    headings, rows = json_rows(made("utsagor", "json", ostberga))
    row = dict(zip(headings, rows[0], strict=True))

    assert (row["Språk"], row["Text"], row["På svenska"]) == ("visas inte", "Det är mörkt.", "")


@pytest.mark.parametrize(
    "said", ["Bra,=cmd|' /C calc'!A0", "a\t=1+2", 'a;"=1', "a\n-1", "=1", "Ja,\u00a0@SUM(1)"], ids=repr
)
@pytest.mark.parametrize("between", [";", ",", "\t", "|"])
def test_no_reader_of_csv_finds_a_formula_however_it_parts_cells(said, between):
    column = ExportColumn("Text", "Det som sades.", lambda row: row)
    table = ExportTable("svar", "Svar", "", (column, column), lambda _: listed_rows([]), ())
    lines = "".join(csv_lines(table, [[said, said]])).removeprefix("\ufeff")
    cells = [cell for row in csv.reader(io.StringIO(lines, newline=""), delimiter=between) for cell in row]

    assert [cell for cell in cells if looks_like_formula(cell)] == []


def test_json_says_it_as_it_was_said(autumn, ostberga):
    said = "Bra,=1\t+2"
    make.answer(autumn, said)

    assert said in [row["Fritext"] for row in json.loads(made("svar", "json", ostberga))["rader"]]


def test_a_text_of_empty_lines_is_written_as_fast_as_any():
    begun = time.process_time()
    written = as_harmless_words("a" + "\n" * 60_000 + " =1")

    assert written == "a" + "\n" * 60_000 + "' =1"
    assert time.process_time() - begun < 5  # seconds; each line end read to the last would be a quarter of a minute

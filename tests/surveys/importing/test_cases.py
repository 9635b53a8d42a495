"""Files as people have them give their right values: each row with its place, week, wave, language and background."""

import pytest

from surveys.importing.dry_run import judge
from surveys.importing.forms import ImportForm
from surveys.importing.places import NEW
from surveys.importing.row_doubts import EACH, FIRST, SKIP, TAKE
from surveys.importing.rows import RowOutcome
from surveys.models import Answer, Response
from tests.surveys.importing.conftest import case

pytestmark = pytest.mark.django_db

SEVEN = [
    (2, "2026-W42", "Hösten", "Torget", "sv", "boende", "16_24"),
    (3, "2026-W37", "September", "Skolan", "en", "boende", "25_44"),
    (4, "2026-W40", "Hösten", "Backen", "sv", "boende", "65_plus"),
    (5, "2026-W42", "Hösten", "Webben", "xx", "forening", "25_44"),
    (6, "2026-W42", "Hösten", "Torget", "sv", "tjansteperson", "under_16"),
    (7, "2026-W42", "Hösten", "Torget", "sv", "boende", ""),
    (8, "2026-W42", "Hösten", "Backen", "sv", "boende", ""),
]


@pytest.fixture
def read(office, batch):
    """Dry-run a file of the cases; every question whose name begins with a key of `said` is answered so."""

    def run(name, said=None):
        form = ImportForm(office, _posted(batch), {"file": case(name)})
        assert form.is_valid(), form.errors
        chosen: dict[str, str] = {}
        for _ in range(2):  # answers about merged cells may bring new places
            dry = judge(survey=office, batch=form.defaults, source=form.source, chosen=chosen)
            asks = [*dry.asks, *dry.places, *dry.values]
            chosen |= {a.name: v for a in asks for start, v in (said or {}).items() if a.name.startswith(start)}
        return judge(survey=office, batch=form.defaults, source=form.source, chosen=chosen)

    return run


def _posted(batch):
    return {"wave": batch.wave.pk, "channel": batch.channel.pk, "language": "sv", "day": batch.day.isoformat()}


def told(row):
    """What a row says: its number, week, wave, place, language and background."""
    background = [answer.choices[0] for _, answer in sorted(row.answers.items()) if answer.choices]
    role, age = [*background, "", ""][:2]
    return (row.number, f"{row.week:%G-W%V}", str(row.wave), row.place.label, row.language, role, age)


@pytest.mark.parametrize("name", ["official.tsv", "question-as-heading.tsv", "semicolon-cp1252.csv"])
def test_the_office_s_file_is_seven_people_each_with_her_own_week_wave_and_place(read, name):
    dry = read(name, {"place-": NEW})

    assert [told(row) for row in dry.stored] == SEVEN
    assert "Fler bänkar vid torget" in dry.rows[0].words.replace("fler", "Fler")


def test_what_was_doubtful_in_the_office_s_file_is_told_beside_its_row(read):
    notes = {row.number: " · ".join(row.notes) for row in read("official.tsv", {"place-": NEW}).rows}

    assert notes[2] == notes[3] == ""
    assert notes[4] == "årtalet saknas: läst som 2026"
    assert "«tyska» sparas som annat språk" in notes[5]
    assert "läst med dagen först: 2026-10-12" in notes[6]
    assert "inget språk: sparas som svenska" in notes[7]
    assert "samma ord som rad 7, men annat skiljer: räknas som en person till" in notes[8]


def test_a_new_place_waits_until_somebody_has_said_what_it_is(read):
    dry = read("official.tsv")

    assert [row.number for row in dry.stored] == [5]
    assert [ask.title for ask in dry.places] == [
        "«Torget» (rad 2, 6 och 7)",
        "«Skolan» (rad 3)",
        "«Backen» (rad 4 och 8)",
    ]


def test_an_unbalanced_quote_is_told_and_the_rows_are_four_people(read):
    assert [row.outcome for row in read("unbalanced-quote.tsv").rows] == [RowOutcome.ASKED] * 3 + [RowOutcome.STORED]

    rows = read("unbalanced-quote.tsv", {"quote-": "rows"}).stored
    assert [row.number for row in rows] == [2, 3, 4, 5]
    assert [row.words for row in read("unbalanced-quote.tsv", {"quote-": "cell"}).stored] == [
        "tryggt är när folk hälsar fler bänkar vid torget barnen säger: mer ljus", "torget på kvällen",
    ]  # fmt: skip


WORKBOOK = "cover-sheet-title-row-merged-hidden.xlsx"


def test_the_sheet_and_the_headings_are_found_and_shown_and_nothing_doubtful_is_stored(read):
    dry = read(WORKBOOK)
    shown = {ask.title: dict(ask.options)[ask.chosen] for ask in dry.layout.reading}
    refused = {row.number: row.problems for row in dry.outcome(RowOutcome.REFUSED)}

    assert shown == {
        "Blad": "Synpunkter",
        "Rubrikerna står på": "Rad 3: Synpunkt · Ålder · Roll · Område · Datum · Språk",
        "Varje rad är": "En människa",
    }
    assert refused == {
        11: ["Synpunkt: cellen är en formel (=1+1), inget svar. Skriv det som den visar."],
        12: ["Synpunkt: cellen är ett felvärde (#N/A), inget svar."],
    }
    assert [row.number for row in dry.outcome(RowOutcome.ASKED)] == [4, 5, 6, 8, 9, 10]


@pytest.mark.parametrize(("answer", "places"), [(EACH, ["Torget"] * 3), (FIRST, ["Torget", "Webben", "Webben"])])
def test_a_merged_value_belongs_to_all_its_rows_or_the_first_as_somebody_says(read, answer, places):
    rows = read(WORKBOOK, {"merged-": answer, "place-": NEW}).stored

    assert [row.place.label for row in rows if row.number <= 6] == places


@pytest.mark.parametrize(("answer", "outcome"), [(TAKE, RowOutcome.STORED), (SKIP, RowOutcome.LEFT)])
def test_a_hidden_row_is_taken_or_left_as_somebody_says(read, answer, outcome):
    dry = read(WORKBOOK, {"hidden-": answer, "place-": NEW, "merged-": EACH})

    assert {row.number: row.outcome for row in dry.rows}[8] == outcome
    assert len(dry.stored) == 6 + (answer == TAKE)


def test_excel_s_carriage_return_is_a_line_break_in_the_answer(office, paste):
    first = paste(file=case("excel-x000D.xlsx"))
    kept = {name: first.context["form"].cleaned_data[name] for name in ("book", "text")}
    seen = first.context["dry_run"].fingerprint
    paste(name="import-store", **kept, seen=seen)

    assert Response.objects.get().language == "sv"
    assert Answer.objects.get().text == "Mer ljus på torget\nFärre bilar på gården"

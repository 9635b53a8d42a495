"""Rows that are statements are read and coded as all others, and are counted as the people somebody knows they are."""

from uuid import uuid4

import pytest

from ostberga.lib.privacy.codes import format_code
from reports.findings.heard_counts import count_people
from surveys.collecting.receiving import receipt_hash
from surveys.fielding.heard_counts import find_large_groups
from surveys.fielding.wave_planning import count_by_channel, count_by_wave
from surveys.importing.places import NEW, NEW_SMALL
from surveys.models import BlankCount, Channel, Response, WaitingItem
from tests import factories as make

pytestmark = pytest.mark.django_db

TEXT = "Synpunkt\tRoll\tOmråde\n" + "".join(f"Mer ljus {number}\tBoende\tTorget\n" for number in range(8))


@pytest.fixture
def stored_as(save, office):
    """Store the rows as people or as statements."""

    def store(text=TEXT, **more):
        return save(text, **more)

    return store


def test_statements_are_no_people_in_any_count(stored_as, autumn):
    stored_as(rows="statements")

    assert Response.objects.count() == 8
    assert count_people(autumn, 6).total == 0
    assert count_by_wave([autumn])[autumn.pk] == (0, 0)
    assert find_large_groups(autumn) == []


def test_the_people_behind_statements_are_counted_as_heard_but_not_by_role(stored_as, autumn):
    stored_as(rows="statements", people="7")
    everyone = count_people(autumn, 6)

    assert everyone.total == 7
    assert everyone.number(role="resident") == 0
    assert autumn.survey.imports.get().people == 7


def test_statements_have_no_place_and_are_not_counted_by_it(stored_as, autumn, run):
    stored_as(rows="statements")

    assert run(TEXT, rows="statements").places == []
    assert set(Response.objects.values_list("channel", flat=True)) == {None}
    assert not Channel.objects.filter(label="Torget").exists()
    assert not WaitingItem.objects.exists()
    assert not BlankCount.objects.exists()
    assert {count.words for count in count_by_channel(autumn, 6)} == {"0"}


def test_rows_are_people_unless_somebody_says_otherwise(stored_as, autumn):
    stored_as("Synpunkt\tRoll\nMer ljus\tBoende")

    assert count_people(autumn, 6).total == 1
    assert autumn.survey.imports.get().are_people


def test_a_small_place_in_the_file_is_told_on_every_row_before_it_is_stored(paste, run, office):
    (place,) = run(TEXT).places
    page = paste(TEXT, **{place.name: NEW_SMALL})

    assert "En plats i filen är liten. Därför sparas inga platser" in page.text
    assert page.text.count("ingen plats sparas") == 8
    assert "Torget (ny)" not in page.text
    assert "Torget (ny)" in paste(TEXT, **{place.name: NEW}).text


def test_a_receipt_that_somebody_has_leads_to_her_imported_answer(save, run, office, autumn):
    taken = make.answer(autumn).response
    Response.objects.filter(pk=taken.pk).update(receipt_hash=receipt_hash("7K2MX9DHQ4"))
    text = "Synpunkt\tKvittokod\nMer ljus\t{}\nEn bänk\t{}\nEtt träd\t{}"
    judged = run(text.format("7k2mx-9dhq4", "ABCDE-FGHJK", "hej"))

    assert [len(row.problems) for row in judged.rows] == [1, 0, 1]
    assert len(run(text.format("ABCDE-FGHJK", "abcdefghjk", "")).stored) == 2
    save(f"Synpunkt\tKvittokod\nEn bänk\t{format_code('ABCDEFGHJK')}", key=str(uuid4()))
    assert Response.objects.get(receipt_hash=receipt_hash("ABCDEFGHJK")).answers.get().text == "En bänk"


def test_an_own_note_is_encrypted_and_stands_beside_the_text_when_it_is_coded(save, office, browse, ake):
    save("Synpunkt\tEgen anteckning\nEn bänk\tRing tillbaka")
    response = Response.objects.get()
    page = browse(ake).get(f"/samordna/ostberga/koda/svar/{response.answers.get().pk}/")

    assert response.note == "Ring tillbaka"
    assert "Egen anteckning vid importen: Ring tillbaka" in page.text


def test_the_people_behind_statements_are_at_most_the_rows(stored_as, autumn):
    page = stored_as(rows="statements", people="9")

    assert page.status_code == 409
    assert "fler än de 8 raderna" in page.text
    assert not autumn.survey.imports.exists()


def test_an_error_in_an_own_note_costs_the_note_and_not_the_answer(run, office):
    (row,) = run("Synpunkt\tEgen anteckning\nEn bänk\t#N/A").rows

    assert (row.problems, row.note, row.is_stored) == ([], "", True)
    assert "anteckningen följer inte med, cellen är ett felvärde" in " ".join(row.notes)

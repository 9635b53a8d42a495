"""What a column holds is guessed from its heading and its values, and remembered for the next file."""

from hashlib import blake2s

import pytest

from surveys.importing.columns.column_roles import DAY, LANGUAGE, NOTE, PLACE, RECEIPT, SKIP
from surveys.importing.columns.remembering import heading_name
from surveys.models import RememberedChoice
from tests import factories as make

pytestmark = pytest.mark.django_db

WORDS = ["Mer ljus på gångvägen, tack", "Fler bänkar vid skolan"]


@pytest.fixture
def roles(run, office):
    """The roles of a table's columns, with background questions by their key."""

    def guess(*columns, **chosen):
        rows = zip(*([heading, *values] for heading, values in columns), strict=True)
        judged = run("\n".join("\t".join(row) for row in rows), **chosen)
        return [
            column.question.background or "said" if column.question else column.role for column in judged.layout.columns
        ]

    return guess


@pytest.mark.parametrize(
    "heading",
    ["Synpunkt", "Kommentar", "1. Vad tycker du …?", "Vad tycker du?", "Fråga 3: Synpunkter", "Fritextsvar", "Citat"],
)
def test_what_was_said_is_known_by_many_headings(roles, heading):
    assert roles((heading, WORDS)) == ["said"]


@pytest.mark.parametrize(
    ("values", "role"),
    [
        (["25-44", "65+"], "age_band"),
        (["37", "61"], "age_band"),
        (["Jag bor här", "boende"], "role"),
        (["Boende", "Tjänsteman"], "role"),
        (["2026-10-12", "12 oktober"], DAY),
        (["tyska", "de"], LANGUAGE),
        (["en-GB", "dari"], LANGUAGE),
        (["Webben", "webben"], PLACE),
        (["Anna", "Bertil"], SKIP),
        (["1", "2"], SKIP),
    ],
)
def test_a_column_whose_heading_says_nothing_is_known_by_its_values(roles, values, role):
    assert roles(("Synpunkt", WORDS), ("Övrigt 1", values)) == ["said", role]


def test_a_column_that_numbers_the_rows_is_no_age(roles):
    said = ("Synpunkt", [f"{WORDS[0]} {number}" for number in range(3)])
    assert roles(said, ("Nr", ["37", "38", "39"])) == ["said", SKIP]


def test_two_columns_that_could_be_the_same_are_not_both_taken(roles):
    assert roles(("Synpunkt", WORDS), ("Ålder", ["37", "38"]), ("X", ["25-44", "65+"])) == ["said", "age_band", SKIP]


def test_the_only_column_of_sentences_is_what_was_said(roles):
    assert roles(("Kolumn1", WORDS), ("Kolumn2", ["Anna", "Bo"])) == ["said", SKIP]
    assert roles(("Kolumn1", WORDS), ("Kolumn2", WORDS), ("Ålder", ["37", "38"]))[:2] == [SKIP, SKIP]


def test_own_notes_and_receipts_have_their_headings(roles):
    assert roles(("Synpunkt", WORDS), ("Anteckning", ["", "ring"]), ("Kvittokod", ["", ""])) == ["said", NOTE, RECEIPT]


def test_what_was_chosen_is_proposed_for_the_next_file(save, run, roles, office):
    text = f"Synpunkt\tSvar 7\tVem\n{WORDS[0]}\tAnna Ek\tpensionär"
    columns = run(text).layout
    named = {ask.title: ask.name for ask in columns.roles}
    (value,) = run(text).values
    save(text, **{named["Svar 7"]: NOTE, value.name: "boende"})

    again = run(f"svar 7\tSynpunkt\tVem\nBo Ek\t{WORDS[1]}\tpensionär")
    assert again.layout.columns[0].role == NOTE
    assert [ask.chosen for ask in again.values] == ["boende"]
    assert len(again.stored) == 1
    assert not [row for row in RememberedChoice.objects.all() if "Ek" in f"{row.name}{row.choice}"]


def test_a_remembered_heading_is_not_opened_by_a_list_of_words(settings):
    name = heading_name("Anna Ek")
    settings.RECEIPT_KEY = "another installation's key, which is as long"

    assert heading_name("Anna Ek") != name
    assert blake2s(b"anna ek", digest_size=6).hexdigest() not in name


def test_what_was_remembered_in_one_collaboration_is_not_proposed_in_another(roles, form):
    other = make.collaboration("rinkeby")
    RememberedChoice.objects.create(collaboration=other, name=heading_name("Eget"), choice=DAY)
    assert roles(("Synpunkt", WORDS), ("Eget", ["a", "b"])) == ["said", SKIP]


def test_a_skipped_column_is_remembered_only_when_somebody_skipped_it(save, run, office):
    text = f"Synpunkt\tKommentar\n{WORDS[0]}\tnej"
    save(text)
    assert run(f"Kommentar\n{WORDS[1]}").stored

    named = {ask.title: ask.name for ask in run(f"Kommentar\tText 2\n{WORDS[0]}\tx").layout.roles}
    said, skipped = (run(text).layout.columns[0].role, SKIP)
    save(f"Kommentar\tText 2\n{WORDS[0]}\tx", **{named["Kommentar"]: skipped, named["Text 2"]: said})
    assert run(f"Kommentar\n{WORDS[1]}").problem

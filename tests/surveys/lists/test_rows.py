"""A row says all that is wrong with it at once, what it may hold has a limit, and what was left out is told after."""

import pytest
from django.urls import reverse

from surveys.importing.reading.tables import MAX_COLUMNS, PAGE_BYTES
from surveys.lists.cells import read_several
from surveys.lists.declared import LONGEST_CELL, BadCell, ListColumn
from surveys.lists.kinds.codebook import CODEBOOK
from surveys.lists.kinds.contacts import CONTACTS
from surveys.lists.kinds.conversations import CONVERSATIONS
from surveys.lists.kinds.statements import STATEMENTS
from surveys.models import ListImport, Perspective
from surveys.rules.questions import MAX_LENGTH


def reasons(page):
    return [" ".join(row.reasons) for row in page.context["run"].rows]


@pytest.mark.parametrize("kind", [CODEBOOK, CONTACTS, CONVERSATIONS, STATEMENTS], ids=lambda kind: kind.key)
def test_every_column_refuses_a_cell_that_is_too_long(kind):
    for column in kind.columns:
        assert column.longest <= (MAX_LENGTH if column.name in {"notes", "text"} else LONGEST_CELL)
        with pytest.raises(BadCell, match=f"för lång: {column.longest + 1} tecken, högst {column.longest}"):
            column.read_cell("å" * (column.longest + 1))


def test_a_cell_as_long_as_it_may_be_is_read():
    assert ListColumn("why", "Varför").read_cell("å" * LONGEST_CELL) == "å" * LONGEST_CELL


@pytest.mark.parametrize(
    ("cell", "said"), [("å" * 301, "301 tecken, högst 300"), ("; ".join(map(str, range(101))), "101 värden, högst 100")]
)
def test_no_value_of_a_cell_is_a_long_text_and_they_are_not_endless(cell, said):
    with pytest.raises(BadCell, match=said):
        read_several(cell)


def test_a_long_cell_is_told_and_not_stored(bring):
    text = f"Kod\tDefinition\tTema\nVi som\t{'M' * 200_000}\t{'T' * 400}"

    assert reasons(bring("kodbok", text)) == [
        "Beskrivning: texten är för lång: 200000 tecken, högst 5000. Tema: texten är för lång: 400 tecken, högst 300."
    ]


@pytest.mark.parametrize("is_stored", [False, True])
def test_more_text_than_a_page_takes_is_told_when_it_is_judged_and_when_it_is_stored(bring, ake, browse, is_stored):
    address = reverse(f"coordinate:bring-kodbok{'-store' if is_stored else ''}", args=["ostberga"])
    page = browse(ake).post(address, {"text": "Kod\n" + "M" * PAGE_BYTES, "seen": "x"})

    assert page.status_code == 422
    assert "Det är för mycket text på en gång." in page.text
    assert len(page.content) < PAGE_BYTES + 100_000


def test_more_columns_than_are_read_are_told_and_not_shown(bring):
    page = bring("kodbok", "Kod" + "\tEgen" * MAX_COLUMNS + "\nVi som")

    assert page.status_code == 422
    assert f"Högst {MAX_COLUMNS} kolumner i taget." in page.text
    assert len(page.context["run"].layout.roles) == MAX_COLUMNS


def test_all_that_is_wrong_with_a_row_is_told_at_once_and_nothing_that_follows_from_an_unread_cell(bring):
    text = "Organisation\tFunktion\tE-post\nParkkontoret\tVäxel\tingen\nParkkontoret\t\t"

    assert reasons(bring("kontakter", text)) == [
        "E-post: «ingen» är ingen e-postadress. Organisationen «Parkkontoret» finns inte här. Skriv som den heter "
        "under Parter, eller lägg till den där först.",
        "Funktion saknas. Organisationen «Parkkontoret» finns inte här. Skriv som den heter under Parter, eller lägg "
        "till den där först. Skriv en e-postadress eller ett telefonnummer.",
    ]


def test_after_saving_the_rows_that_were_left_out_are_told_with_why_and_the_others_are_linked_to(bring, open_import):
    page = bring("kodbok", "Kod\tNej-röst\nVi som <b>kan\tkanske\nVi som vill\tja\nVi som vill\tja", is_stored=True)

    assert "Sparades inte: 2" in page.text
    assert "Rad 2, «Vi som &lt;b&gt;kan»: Nej-röst: skriv ja eller nej, inte «kanske»." in page.text
    assert "Rad 4, «Vi som vill»: Finns redan." in page.text
    assert f'<a href="{reverse("coordinate:codebook", args=["ostberga"])}">Kodboken</a>' in page.text
    assert "kanske" not in open_import("kodbok").text  # another session
    done = ListImport.objects.get()
    assert (done.rows, done.stored, Perspective.objects.count()) == (3, 1, 1)

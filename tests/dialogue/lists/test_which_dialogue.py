"""Where two dialogues go on, a row goes to the one that has its issue, or to the one chosen for all that say none."""

import pytest

from dialogue.models import Issue, ListedActivity, ListedDecision
from tests import factories as make

DECISIONS = "Ärende\tBeslutande\tBeslutsdatum\tSakfråga\n"
ASK = (
    "Fler dialoger pågår. Välj ovan var rader utan dialog hör hemma, eller skriv i kolumnen Dialog: «Gatan», «Parken»."
)


@pytest.fixture
def street(ostberga, form):
    """A dialogue that goes on, with issues."""
    street = make.dialogue(ostberga, title={"sv": "Gatan"}, has_own_address=True)
    make.issue(street, "Lamporna", slug="lamporna")
    make.issue(street, "Skräp", slug="skrap")
    return street


@pytest.fixture
def park(ostberga, street):
    """Another, where one issue is called as in the first."""
    park = make.dialogue(ostberga, title={"sv": "Parken"}, slug="parken", has_own_address=True)
    make.issue(park, "Bänken", slug="banken")
    make.issue(park, "Skräp", slug="skrap-i-parken")
    return park


def row(title, issues):
    return f"{title}\tTrafikkontoret\t2017-02-02\t{issues}\n"


def reasons(page):
    return [" ".join(row.reasons) for row in page.context["run"].rows]


def test_a_row_goes_to_the_only_dialogue_that_has_all_its_issues(bring, street, park):
    text = DECISIONS + row("A", "Lamporna") + row("B", "bänken; Skräp") + row("C", "Skräp")
    page = bring("beslut", text)

    assert reasons(page) == ["", "", ASK]
    assert [row.told for row in page.context["run"].stored] == [
        "Hör till dialogen «Gatan».",
        "Hör till dialogen «Parken».",
    ]
    bring("beslut", text, is_stored=True)
    assert {str(told): told.dialogue for told in ListedDecision.objects.all()} == {"A": street, "B": park}
    assert {issue.dialogue for issue in Issue.objects.filter(listed_decisions__title="B")} == {park}


def test_the_rows_that_say_none_go_where_it_is_chosen_that_all_of_them_go(bring, street, park):
    text = "Åtgärd\tAnsvarig\tStatus\tSakfråga\nA\tTrafikkontoret\tKlart\tLamporna\nB\t\tKlart\t\nC\t\tKlart\tSkräp"
    assert reasons(bring("aktiviteter", text)) == ["", ASK, ASK]
    bring("aktiviteter", text, is_stored=True, dialogue=str(park.pk))

    assert {str(told): told.dialogue for told in ListedActivity.objects.all()} == {"A": street, "B": park, "C": park}
    assert Issue.objects.get(listed_activities__title="C").slug == "skrap-i-parken"


def test_what_was_seen_for_one_dialogue_is_not_stored_in_another(bring, street, park, ake, browse):
    text = "Sakfråga\nNy fråga"
    page = bring("fragor", text, dialogue=str(park.pk))
    sent = {"text": text, "dialogue": str(street.pk), "seen": page.context["run"].fingerprint}

    assert browse(ake).post("/samordna/ostberga/ta-med/fragor/spara/", sent).status_code == 409
    assert not Issue.objects.filter(title__sv="Ny fråga").exists()


def test_an_unknown_issue_an_unread_day_and_an_unknown_body_are_told_at_once(bring, street, park):
    text = DECISIONS + "A\tParkenheten\t2017-02-31\tSaknas; Skräp"

    assert reasons(bring("beslut", text)) == [
        "Beslutsdag: dagen «2017-02-31» går inte att läsa. Skriv till exempel 2026-10-12. Organisationen "
        "«Parkenheten» finns inte här. Skriv som den heter under Parter, eller lägg till den där först. "
        f"{ASK} Sakfrågan «Saknas» finns inte. Ta in sakfrågorna först, eller skriv som det heter där."
    ]
    chosen = bring("beslut", DECISIONS + row("A", "Lamporna; Bänken"), dialogue=str(park.pk))
    assert reasons(chosen) == [
        "Sakfrågan «Lamporna» finns inte i dialogen «Parken». Ta in sakfrågorna först, eller skriv som det heter där."
    ]


def test_one_dialogue_alone_is_not_asked_for(bring, street):
    page = bring("beslut", DECISIONS + row("A", "Lamporna"))

    assert (page.context["run"].asks, reasons(page)) == ([], [""])
    assert "Hör till dialogen" not in page.text

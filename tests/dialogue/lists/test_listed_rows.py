"""What lists say of a body: it must be known here, reads all of it, and is told when what it contested goes."""

import pytest
from django.urls import reverse

from actors.models import Letter
from dialogue.lists import listed_rows
from dialogue.models import ListedActivity, ListedDecision
from tests import factories as make
from tests import listed

HEADING = "Ärende\tBeslutande\tBeslutsdatum\t§\tSakfråga\n"


@pytest.fixture
def lamps(talk):
    """A public issue in the dialogue."""
    return make.issue(talk, "Lamporna", slug="lamporna")


def reasons(page):
    return [" ".join(row.reasons) for row in page.context["run"].rows]


@pytest.mark.parametrize(
    ("kind", "text"),
    [
        ("beslut", HEADING + "Fler lampor\tParkförvaltningen\t2017-02-02\t\tLamporna"),
        ("aktiviteter", "Åtgärd\tAnsvarig\tStatus\nByt lampor\tParkförvaltningen\tKlart"),
        ("fragor", "Sakfråga\tBerörda\nBänken\tParkförvaltningen: Sköter parken"),
    ],
)
def test_nothing_is_said_of_a_body_that_is_not_known_here(bring, lamps, ostberga, kind, text):
    park = make.organisation("Parkförvaltningen", short_name="Parken")
    make.partnership(make.collaboration("annanstans"), park)

    assert "Organisationen «Parkförvaltningen» finns inte här." in reasons(bring(kind, text))[0]
    make.partnership(ostberga, park)
    assert reasons(bring(kind, text)) == [""]


def test_the_same_decision_under_another_issue_is_told_and_not_left_out_in_silence(bring, lamps, talk):
    make.issue(talk, "Bänken")
    bring("beslut", HEADING + "Fler lampor\tTrafikkontoret\t2017-02-02\t12\tLamporna", is_stored=True)
    more = HEADING + "Fler lampor\tTrafikkontoret\t2017-02-02\t12\tLamporna; Bänken"

    assert reasons(bring("beslut", more)) == [
        "Beslutet finns redan, men inte under «Bänken». Skriv alla dess sakfrågor på en rad. Är det redan intaget, ta "
        "först bort det under Beslut enligt listor."
    ]
    assert list(ListedDecision.objects.get().issues.all()) == [lamps]


@pytest.mark.parametrize(
    ("cell", "stored"), [("§ 12", "12"), ("§§ 12–14", "12–14"), ("Par. 7", "7"), ("Paris", "Paris")]
)
@pytest.mark.usefixtures("lamps")
def test_a_paragraph_is_stored_without_its_sign(bring, ake, browse, cell, stored):
    bring("beslut", HEADING + f"Fler lampor\tTrafikkontoret\t2017-02-02\t{cell}\tLamporna", is_stored=True)

    assert ListedDecision.objects.get().paragraph == stored
    shown = " ".join(browse(ake).get(reverse("coordinate:listed", args=["ostberga", "beslut"])).text.split())
    assert f"Trafikkontoret, godkänt 2 februari 2017, § {stored} <" in shown.replace(" </p>", " <")
    assert reasons(bring("beslut", HEADING + "A\tTrafikkontoret\t2017-02-02\t§\t")) == [
        "Paragraf: «§» har inget nummer."
    ]


def test_the_body_reads_all_that_it_says_yes_or_no_to(lamps, ake, tova, trafikkontoret, browse):
    words = {
        "decision": ("instance", "paragraph", "registry_number", "delegation_item", "motivation", "conditions"),
        "activity": ("description", "place", "partners", "decision", "outcome", "carried_on_by"),
    }
    told = {name: f"ord om {name}" for names in words.values() for name in names}
    more = {"form": "committee", "reservations": "ord om reservations"}
    of = {kind: {name: told[name] for name in names} for kind, names in words.items()}
    rows = {
        "beslut": listed.decision(lamps, ake, trafikkontoret, **of["decision"], **more),
        "aktiviteter": listed.activity(lamps, ake, trafikkontoret, ended_on="2017-05-03", **of["activity"]),
    }
    pages = [browse(tova).get(reverse("said-of-us-reply", args=[kind, row.pk])).text for kind, row in rows.items()]

    assert all(
        said in pages[0] for said in [*of["decision"].values(), "ord om reservations", "nämndbeslut", "Lamporna"]
    )
    assert all(said in pages[1] for said in [*of["activity"].values(), "3 maj 2017", "Lamporna"])


def test_a_body_is_told_when_a_row_that_it_contested_is_taken_away(lamps, ake, tova, trafikkontoret, browse):
    rows = [listed.activity(lamps, ake, trafikkontoret, title=title) for title in ("Fel rad", "Obesvarad rad")]
    said = {"reply": "contested", "words": "Vi bytte bara tre."}
    browse(tova).post(reverse("said-of-us-reply", args=["aktiviteter", rows[0].pk]), said)
    for row in rows:
        browse(ake).post(reverse("coordinate:listed-remove", args=["ostberga", "aktiviteter", row.pk]))

    assert not ListedActivity.objects.exists()
    letters = Letter.objects.filter(kind="listed-removed")
    assert set(letters.values_list("to", flat=True)) == {tova.email, trafikkontoret.registry_email} - {""}
    assert set(letters.values_list("subject", flat=True)) == {"Det ni sa emot är borttaget – Fel rad"}
    assert all("Vi bytte bara tre." in letter.text for letter in letters)


@pytest.fixture
def open_said(tova, browse):
    """Open a page of what lists say of Tova's body."""
    return lambda number: browse(tova).get(reverse("said-of-us"), {"page": number})


def test_what_lists_say_of_a_body_comes_in_pages(lamps, ake, trafikkontoret, open_said, monkeypatch):
    monkeypatch.setattr(listed_rows, "PER_PAGE", 2)
    for number in range(3):
        listed.decision(lamps, ake, trafikkontoret, title=f"Beslut {number}")
    listed.activity(lamps, ake, trafikkontoret, title="Aktivitet 0")
    pages = [open_said(number) for number in (1, 2)]
    shown = [
        [str(row) for row in (*page.context["said"].decisions, *page.context["said"].activities)] for page in pages
    ]

    assert shown == [["Beslut 0", "Beslut 1"], ["Beslut 2", "Aktivitet 0"]]
    assert "Sida 1 av 2" in " ".join(pages[0].text.split())


@pytest.mark.usefixtures("lamps")
@pytest.mark.parametrize(
    ("state", "start", "said"),
    [
        ("pågår", "våren 2090", "Läget är «pågår», men början (våren 2090) har inte kommit än."),
        ("klar", "2090-05-02", "Läget är «klar», men början (2 maj 2090) har inte kommit än."),
        ("planerad", "våren 2090", ""),
        ("avbruten", "våren 2090", ""),
        ("pågår", "2017", ""),
        ("pågår", "", ""),
    ],
)
def test_what_has_begun_begins_no_later_than_today(bring, state, start, said):
    told = reasons(bring("aktiviteter", f"Rubrik\tLäge\tBörjan\nByt lampor\t{state}\t{start}"))

    assert [reason.split(" Skriv")[0] for reason in told] == [said]


def test_the_body_reads_swedish_labels_and_when_words_are_needed(lamps, ake, tova, trafikkontoret, browse):
    row = listed.activity(lamps, ake, trafikkontoret)
    page = browse(tova).get(reverse("said-of-us-reply", args=["aktiviteter", row.pk]))

    assert ("Sakfråga", "Lamporna") in listed_rows.details_of(row)
    assert "Issue" not in page.text
    assert "behövs vid nej" in page.text
    assert "(frivilligt)" not in page.text


def test_a_saved_list_leads_to_its_rows_and_its_issues(bring, lamps):
    page = bring("aktiviteter", "Rubrik\tLäge\tSakfråga\nByt lampor\tklar\tLamporna", is_stored=True)

    rows, issue = reverse("coordinate:listed", args=["ostberga", "aktiviteter"]), f"fragor/{lamps.pk}/"
    assert f'<a href="{rows}">Aktiviteter enligt listor</a>' in page.text
    assert f'<a href="/samordna/ostberga/{issue}">Sakfrågan «Lamporna»</a>' in page.text

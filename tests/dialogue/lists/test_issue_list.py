"""Åke brings in the issues that the office has on a list."""

import pytest
from django.urls import reverse

from dialogue.issues.creating import set_perspectives
from dialogue.models import Issue
from surveys.lists.touching import states_of
from tests import factories as make

TEXT = "Sakfråga\tVad det gäller\tKod\nMer ljus!\tLampor\tVi som vill ha ljus\nMer ljus\t\t\nBänk\t\tVi som saknas"


def test_issues_come_in_unseen_by_residents_each_with_its_own_address(bring, codebook, ostberga, browse):
    make.dialogue(ostberga)
    bring("fragor", TEXT, is_stored=True)
    first, second = Issue.objects.order_by("pk")

    assert [issue.slug for issue in (first, second)] == ["mer-ljus", "mer-ljus-2"]
    assert (first.title["sv"], first.description["sv"]) == ("Mer ljus!", "Lampor")
    assert [str(link.perspective) for link in first.links.all()] == ["Vi som vill ha ljus"]
    assert browse().get(f"/ostberga/fragor/{first.slug}/").status_code == 404


def test_the_same_issue_comes_in_once_and_a_missing_perspective_is_told(bring, codebook, ostberga):
    make.dialogue(ostberga)
    bring("fragor", TEXT, is_stored=True)
    rows = bring("fragor", TEXT).context["run"].rows

    assert [" ".join(row.reasons) for row in rows] == [
        "Finns redan.",
        "Finns redan.",
        "Perspektivet «Vi som saknas» finns inte. Ta in kodboken först, eller skriv som det heter där.",
    ]


def test_without_a_dialogue_each_row_says_so(bring, form):
    rows = bring("fragor", "Sakfråga\nMer ljus").context["run"].rows

    assert rows[0].reasons == ["Det finns ingen dialog än. Börja en först."]


def test_what_has_been_published_stays_when_the_list_is_taken_back(bring, take_back, ostberga, ake, form):
    make.dialogue(ostberga)
    bring("fragor", "Sakfråga\nMer ljus\nBänk", is_stored=True)
    Issue.objects.get(slug="mer-ljus").publish(by=ake)
    page = take_back("fragor")

    assert "1 används och står kvar" in page.text
    assert [issue.slug for issue in Issue.objects.all()] == ["mer-ljus"]
    assert reverse("coordinate:bring-fragor", args=["ostberga"]) in page.text


def test_where_two_dialogues_go_on_each_row_says_which(bring, ostberga, form):
    make.dialogue(ostberga, title={"sv": "Gatan"}, has_own_address=True)
    park = make.dialogue(ostberga, title={"sv": "Parken"}, slug="parken", has_own_address=True)
    text = "Sakfråga\tDialog\nBänk\tParken\nLiten bänk\tparken\nLampa\t\nHund\tSkolan"
    rows = bring("fragor", text).context["run"].rows
    bring("fragor", text, is_stored=True)

    assert {str(issue): issue.dialogue for issue in Issue.objects.all()} == {"Bänk": park, "Liten bänk": park}
    assert [row.reasons for row in rows if row.reasons] == [
        [
            "Fler dialoger pågår. Välj ovan var rader utan dialog hör hemma, eller skriv i kolumnen Dialog: «Gatan», "
            "«Parken»."
        ],
        ["Dialogen «Skolan» pågår inte. Skriv i kolumnen Dialog en av dem som gör det: «Gatan», «Parken»."],
    ]


@pytest.fixture
def two_issues(bring, ostberga, form):
    """The dialogue, and two issues that came in."""
    dialogue = make.dialogue(ostberga)
    bring("fragor", "Sakfråga\nMer ljus\nBänk", is_stored=True)
    return dialogue, Issue.objects.get(slug="mer-ljus")


def form_a_group(dialogue, issue, by):
    make.group(dialogue, by, issue)


def lock_a_meeting(dialogue, issue, by):
    meeting = make.meeting(make.group(dialogue, by, issue), by)
    meeting.group.issues.clear()


def concern_a_body(dialogue, issue, by):
    issue.concerned.create(
        organisation=dialogue.collaboration.partnerships.first().organisation, why={"sv": "Den bestämmer"}
    )


def rest_on_a_perspective(dialogue, issue, by):
    set_perspectives(issue=issue, perspectives=[make.perspective(dialogue.collaboration, by)], by=by)


@pytest.mark.parametrize(
    ("use", "said"),
    [
        (form_a_group, "grupper"),
        (lock_a_meeting, "möten"),
        (concern_a_body, "berörda organisationer"),
        (rest_on_a_perspective, "perspektiv"),
    ],
)
def test_an_issue_that_is_used_stays_with_what_it_is_used_for(two_issues, take_back, ake, use, said):
    dialogue, issue = two_issues
    use(dialogue, issue, ake)
    before = states_of([issue])
    page = take_back("fragor")

    assert page.status_code == 200
    assert [name for name, _ in page.context["staying"]] == ["Mer ljus"]
    assert said in page.context["staying"][0][1]
    assert states_of([issue]) == before
    assert [left.slug for left in Issue.objects.all()] == ["mer-ljus"]

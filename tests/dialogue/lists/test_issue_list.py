"""Åke brings in the issues that the office has on a list."""

from django.urls import reverse

from dialogue.models import Issue
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

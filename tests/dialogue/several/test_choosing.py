"""The coordinator makes something new while two dialogues go on: she is asked which, and nothing goes to the other."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from dialogue.models import Dialogue, Issue, WorkingGroup
from ostberga.lib.refusal import Refusal
from surveys.models import Survey


def url(name, *keys):
    return reverse(f"coordinate:{name}", args=["ostberga", *keys])


ISSUE = {"title_sv": "Bänkarna", "slug": "bankarna"}
SURVEY = {"template": "tomt", "title": "Om träden", "guiding_question": "Hur ska parken bli?"}


@pytest.fixture
def at_work(ake, browse):
    return browse(ake)


@pytest.mark.parametrize(
    "name", ["issue-new", "group-new", "petition-new", "outside-new", "decision-new", "survey-new"]
)
def test_she_is_asked_which_dialogue(name, park, at_work):
    page = at_work.get(url(name))

    assert (page.status_code, "Vilken dialog gäller det?" in page.text) == (200, True)
    assert f'href="{url(name)}?dialog=parken"' in page.text
    assert at_work.get(f"{url(name)}?dialog=parken").context["form"]


def test_an_issue_goes_to_the_one_that_she_chose(park, at_work):
    at_work.post(f"{url('issue-new')}?dialog=parken", ISSUE)

    assert Issue.objects.get(slug="bankarna").dialogue == park.dialogue


def test_what_she_typed_before_the_second_began_comes_along(park, talk, at_work):
    page = at_work.post(url("issue-new"), ISSUE)

    assert (page.status_code, Issue.objects.filter(slug="bankarna").exists()) == (409, False)
    assert 'name="title_sv" value="Bänkarna"' in page.text
    assert f'formaction="{url("issue-new")}?dialog={talk.slug}"' in page.text


def test_it_says_that_a_file_has_to_be_chosen_again(park, at_work):
    file = SimpleUploadedFile("bild.png", b"bild")
    page = at_work.post(url("issue-new"), ISSUE | {"bild": file})

    assert (page.status_code, "Filen följer inte med" in page.text) == (409, True)
    assert "Filen följer inte med" not in at_work.post(url("issue-new"), ISSUE).text


def test_an_issue_in_the_address_says_which(park, lamps, at_work):
    at_work.post(
        f"{url('group-new')}?fraga={park.issue.pk}",
        {"name": "Hundgruppen", "issues": [park.issue.pk], "approval": "two"},
    )

    assert WorkingGroup.objects.get().dialogue == park.dialogue


def test_a_group_takes_no_issue_of_the_other_dialogue(park, lamps, at_work):
    page = at_work.post(f"{url('group-new')}?dialog=parken", {"name": "Alla", "issues": [lamps.pk], "approval": "two"})

    assert (page.status_code, WorkingGroup.objects.exists()) == (422, False)


def test_a_dialogue_that_has_ended_is_not_chosen(park, talk, ake, at_work):
    Dialogue.objects.get(pk=talk.pk).end(by=ake)
    page = at_work.get(f"{url('issue-new')}?dialog={talk.slug}")

    assert "Vilken dialog gäller det?" in page.text
    assert [str(dialogue) for dialogue, _ in page.context["choices"]] == ["Parken"]


def test_a_form_belongs_to_its_dialogue_from_the_start(park, at_work):
    at_work.post(f"{url('survey-new')}?dialog=parken", SURVEY)
    made = Survey.objects.get(title__sv="Om träden")

    assert list(made.dialogues.all()) == [park.dialogue]
    assert made.guiding_question == park.dialogue.guiding_question
    assert "Parken" in at_work.get(url("survey", made.pk)).text


def test_a_form_is_not_taken_from_another_dialogue(park, form, talk, ake, at_work):
    page = at_work.get(url("dialogue", park.dialogue.pk))

    assert [survey.pk for survey in page.context["form"].fields["surveys"].queryset] == [park.survey.pk]
    with pytest.raises(Refusal, match="hör till «title"):
        park.dialogue.describe(by=ake, surveys=[form], question={"sv": "Hur ska parken bli?"}, texts={})


def test_before_there_is_a_dialogue_a_form_belongs_to_none_and_says_so(ostberga, at_work):
    page = at_work.get(url("survey-new"))
    at_work.post(url("survey-new"), SURVEY)

    assert "Det finns ingen dialog" in page.text
    assert "Hör inte till någon dialog" in at_work.get(url("survey", Survey.objects.get().pk)).text


def test_proposals_and_activities_begin_in_an_issue_of_either(park, lamps, at_work):
    for name in ("proposal-new", "activity-new"):
        page = at_work.get(url(name)).text
        assert ("Lamporna" in page, "Hundarna" in page, "Parken" in page) == (True, True, True)


def test_the_list_of_issues_can_be_narrowed_to_one_dialogue(park, lamps, at_work):
    every, parks = (
        at_work.get(url("issues")).context["rows"],
        at_work.get(f"{url('issues')}?dialog=parken").context["rows"],
    )

    assert [row.issue for row in every] == [lamps, park.issue]
    assert [row.issue for row in parks] == [park.issue]


def test_the_week_has_boxes_for_each(park, lamps, at_work):
    boxes = {box.name: [row.what for row in box.rows] for box in at_work.get(url("home")).context["week"].boxes}

    assert boxes["redo-" + lamps.dialogue.slug] == ["Lamporna"]
    assert boxes["saknas-parken"] == ["Hundarna"]
    assert at_work.get(url("home") + "?visa=saknas-parken").context["week"].whole == "saknas-parken"


def test_a_search_leads_to_the_page_in_its_own_dialogue(park, lamps, at_work):
    page = at_work.get(url("search") + "?q=hundarna").text

    assert 'href="/ostberga/dialog/parken/fragor/hundarna/"' in page
    assert "Lamporna" not in page

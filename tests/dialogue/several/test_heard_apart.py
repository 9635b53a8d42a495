"""What one dialogue hears is told nowhere in the other, although both rest on the same perspective."""

import pytest
from django.urls import reverse

from dialogue.decisions.decision_basis import build_decision_basis
from dialogue.history import lead_times
from dialogue.issues import separate_forms
from dialogue.issues.perspective_links import perspective_choices
from dialogue.models import Dialogue
from dialogue.rules.staircase import Step
from dialogue.staircase import gate_facts
from ostberga.lib.refusal import Refusal
from surveys.models import Wave
from surveys.rules.roles import Role
from tests import factories as make
from tests.dialogue.several.conftest import SAID_OF_DOGS, SAID_OF_LAMPS


def test_an_issue_shows_only_what_its_own_dialogue_has_heard(park, lamps, amina):
    dogs, lights = amina.get(park.issue.get_absolute_url()).text, amina.get(lamps.get_absolute_url()).text

    assert (SAID_OF_DOGS in dogs, SAID_OF_LAMPS in dogs) == (True, False)
    assert (SAID_OF_DOGS in lights, SAID_OF_LAMPS in lights) == (False, True)


def test_a_gate_counts_only_those_whom_its_own_dialogue_has_heard(park, lamps):
    facts = gate_facts.facts_of([park.issue.pk, lamps.pk])

    assert facts[park.issue.pk].roles == {Role.ELECTED}
    assert facts[lamps.pk].roles == {Role.RESIDENT, Role.OFFICIAL}
    assert [lacked.code for lacked in gate_facts.missing_requirements(lamps)] == []


def test_how_broadly_a_perspective_was_heard_is_told_by_dialogue(park, lamps):
    (dogs,), (lights,) = perspective_choices(park.issue), perspective_choices(lamps)

    assert dogs.breadth != lights.breadth


def test_a_round_is_heard_from_its_own_first_wave(park, lamps):
    (row,) = lead_times.build_public_table(lamps.dialogue).rows
    Wave.objects.filter(pk=park.wave.pk).update(opens_on="2020-01-01")
    (again,) = lead_times.build_public_table(lamps.dialogue).rows

    assert row.heard == again.heard


def test_a_receipt_leads_to_issues_of_its_own_dialogue(park, amina):
    page = amina.post("/kvitto/", {"kod": park.code})

    assert [feed.issue for feed in page.context["outcome"].feeds] == [park.issue]
    assert page.context["outcome"].dialogue == park.dialogue


def test_the_chain_behind_an_activity_quotes_its_own_dialogue(park, lamps, ake, trafikkontoret, amina):
    decision = make.decision(park.issue, ake, trafikkontoret, answer="approved")
    activity = make.activity(park.issue, ake, decision, state="running", started_under=decision)
    page = amina.get(reverse("dialogue:activity", args=["ostberga", activity.pk])).text

    assert (SAID_OF_DOGS in page, SAID_OF_LAMPS in page) == (True, False)


def test_the_basis_of_a_decision_quotes_its_own_dialogue(park, lamps, ake, trafikkontoret):
    basis = build_decision_basis(make.decision(park.issue, ake, trafikkontoret).parts.get())
    (perspective,) = basis.quotes.unopposed

    assert [quote.text for quote in perspective.quotes] == [SAID_OF_DOGS]


def test_a_dialogue_builds_on_one_that_had_ended_before_it_began(park, lamps, ake, amina):
    Dialogue.objects.filter(pk=lamps.dialogue_id).update(is_current=False, ended_on="2020-01-01")
    Dialogue.objects.filter(pk=park.dialogue.pk).update(started_on="2021-01-01", has_own_address=False)

    assert SAID_OF_LAMPS in amina.get("/ostberga/fragor/hundarna/").text
    assert separate_forms.forms_apart_from(lamps.dialogue) == {park.survey.pk}
    assert separate_forms.forms_apart_from(park.dialogue) == set()


def test_what_was_heard_in_a_form_of_no_dialogue_is_told_where_the_perspective_is(park, lamps, amina):
    park.dialogue.surveys.clear()

    assert SAID_OF_DOGS in amina.get(lamps.get_absolute_url()).text


def test_what_was_heard_is_not_led_out_of_a_dialogue_by_taking_its_form_away(park, lamps, ake):
    given = {"question": {"sv": "Hur ska parken bli?"}, "texts": {}}
    with pytest.raises(Refusal) as no:
        park.dialogue.describe(by=ake, surveys=[], **given)
    park.dialogue.end(by=ake)
    with pytest.raises(Refusal) as later:
        park.dialogue.describe(by=ake, surveys=[], **given)

    assert (no.value.code, later.value.code) == ("form_was_heard", "form_was_heard")
    assert park.dialogue.surveys.get() == park.survey


def test_the_page_says_that_a_form_with_answers_stays_and_lets_one_without_go(park, ake, browse):
    unused = make.survey(park.dialogue.collaboration, title={"sv": "Om bänkarna"})
    park.dialogue.surveys.add(unused)
    address = reverse("coordinate:dialogue", args=["ostberga", park.dialogue.pk])
    words = {
        f"{name}_sv": "Ord"
        for name in ("question", "title", "purpose", "can_influence", "cannot_influence", "who_decides")
    }
    page = browse(ake).post(address, words)
    assert (page.status_code, "har fått svar i den här dialogen" in page.text) == (422, True)

    browse(ake).post(address, words | {"surveys": [park.survey.pk]})
    assert park.dialogue.surveys.get() == park.survey


def test_a_dialogue_begins_again_only_while_its_forms_are_its_own(park, lamps, ake):
    park.dialogue.end(by=ake)
    other = lamps.dialogue
    kept = {"by": ake, "question": other.guiding_question.text, "texts": {}}
    other.describe(surveys=[*other.surveys.all(), park.survey], **kept)
    with pytest.raises(Refusal) as no:
        park.dialogue.make_current(by=ake)
    assert (no.value.code, park.reload().dialogue.is_current) == ("form_of_another", False)

    other.end(by=ake)
    park.dialogue.make_current(by=ake)
    assert park.reload().dialogue.is_current


def test_the_facts_cost_as_many_queries_for_issues_of_two_dialogues(park, lamps, count_queries):
    steps, limits = {park.issue.pk: Step.INTERVIEWS, lamps.pk: Step.INTERVIEWS}, lamps.dialogue.thresholds
    one = count_queries(lambda: gate_facts.missing_by_issue({lamps.pk: Step.INTERVIEWS}, limits))

    assert count_queries(lambda: gate_facts.missing_by_issue(steps, limits)) == one

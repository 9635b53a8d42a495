"""The coordinator's pages about activities, commitments, and who has read the reports."""

import datetime as dt

import pytest
from django.urls import reverse
from django.utils import timezone

from actors.models import JointPlan, Letter
from dialogue.models import Activity, Commitment, PublishedReport, ReadConfirmation
from dialogue.rules.activities import ActivityState, Reply
from dialogue.rules.decisions import PartState
from tests import factories as make

TODAY = timezone.localdate()


@pytest.fixture
def at_work(ake, browse):
    return browse(ake)


@pytest.fixture
def yes(ready, ake, trafikkontoret):
    """A decision in force."""
    return make.decision(ready, ake, trafikkontoret, answer=PartState.APPROVED)


@pytest.fixture
def lit(ready, ake, yes):
    return make.activity(ready, ake, yes)


def url(name, *args):
    return reverse(f"coordinate:{name}", args=["ostberga", *args])


def test_it_is_planned_in_the_words_people_use(ready, yes, at_work):
    typed = {"title_sv": "Byt lampor", "title_so": "Beddel", "period": "april–oktober 2027", "decision": yes.pk}
    at_work.post(url("activity-new") + f"?fraga={ready.pk}", typed)
    activity = Activity.objects.get()

    assert (activity.period.label(), activity.decision, activity.title["so"]) == ("april–oktober 2027", yes, "Beddel")


def test_a_time_that_is_not_understood_is_told_beside_the_field(ready, at_work):
    page = at_work.post(url("activity-new") + f"?fraga={ready.pk}", {"title_sv": "Byt lampor", "period": "snart"})

    assert (page.status_code, 'value="snart"' in page.text, 'id="id_period_error"' in page.text) == (422, True, True)


def test_only_focus_areas_of_the_adopted_plan_are_offered(ready, ake, at_work):
    day = {"starts_on": TODAY, "collaboration": ready.dialogue.collaboration}
    old, new, draft = (JointPlan.objects.create(version=n, title="Plan", is_draft=n == 3, **day) for n in (1, 2, 3))
    JointPlan.objects.filter(pk__in=[old.pk, new.pk]).update(adopted_at=timezone.now())
    for plan in (old, new, draft):
        plan.focus_areas.create(name=f"Ljus {plan.version}")
    form = at_work.get(url("activity-new") + f"?fraga={ready.pk}").context["form"]

    assert [str(plan) for plan in form["focus_area"].field.queryset] == ["Ljus 2"]


def test_a_body_is_asked_through_its_people(lit, tova, trafikkontoret, at_work):
    typed = {"to": f"{trafikkontoret.pk}:", "part": "lead", "what": "Byta lamporna."}
    page = at_work.post(url("commitment-ask", lit.pk), typed, follow=True).text

    assert Letter.objects.filter(to=tova.email, kind="commitment-asked").count() == 1
    assert ("Tillfrågad" in page, "Ansvarig: Byta lamporna." in page) == (True, True)


def test_a_body_without_people_is_asked_with_a_link(lit, trafikkontoret, at_work):
    typed = {"to": f"{trafikkontoret.pk}:", "part": "lead", "what": "Byta lamporna."}
    wrong = at_work.post(url("commitment-ask", lit.pk), typed)
    box = make.registry(trafikkontoret)
    at_work.post(url("commitment-ask", lit.pk), typed | {"to": f"{trafikkontoret.pk}:{box}"})

    assert (wrong.status_code, "Ingen på Trafikkontoret har mandat" in wrong.text) == (422, True)
    assert "/atagande/" in Letter.objects.get(to=box).text
    assert Commitment.objects.get().sent_to == box


def test_a_typed_in_address_gets_no_link(lit, trafikkontoret, at_work):
    make.registry(trafikkontoret)
    typed = {"to": f"{trafikkontoret.pk}:ake@example.se", "part": "lead", "what": "Byta lamporna."}

    assert at_work.post(url("commitment-ask", lit.pk), typed).status_code == 422
    assert not Commitment.objects.exists()


def test_no_body_can_be_asked_at_anothers_address(lit, trafikkontoret, polisen, tova, at_work):
    """Each choice is one body's people or one of its own addresses, also without JavaScript."""
    theirs, box = make.registry(polisen), make.registry(trafikkontoret)
    groups = dict(at_work.get(url("commitment-ask", lit.pk)).context["form"].fields["to"].choices[1:])

    assert [value for value, _ in groups[trafikkontoret.short_name]] == [
        f"{trafikkontoret.pk}:{to}" for to in ("", box, tova.email)
    ]
    mixed = {"to": f"{trafikkontoret.pk}:{theirs}", "part": "lead", "what": "Byta lamporna."}
    assert at_work.post(url("commitment-ask", lit.pk), mixed).status_code == 422
    assert not Commitment.objects.exists()


def test_one_that_has_a_lead_only_asks_for_partners(lit, ake, trafikkontoret, at_work):
    make.commitment(lit, trafikkontoret, ake)
    form = at_work.get(url("commitment-ask", lit.pk)).context["form"]

    assert [value for value, _ in form["part"].field.choices] == ["partner"]


def test_a_counter_offer_is_taken_and_the_time_moves(lit, ake, trafikkontoret, at_work):
    may = dt.date(TODAY.year + 1, 5, 1)
    offer = {"reply": Reply.COUNTERED, "answer": "Ja, men i maj.", "countered_start": may}
    asked = make.commitment(lit, trafikkontoret, ake, **offer)
    page = at_work.get(url("activity", lit.pk)).text
    at_work.post(url("commitment-take", asked.pk))
    lit.refresh_from_db()

    assert ("«Ja, men i maj.»" in page, lit.start) == (True, may)
    assert at_work.post(url("commitment-take", asked.pk)).status_code == 409


def test_a_question_is_taken_back(lit, ake, trafikkontoret, at_work):
    asked = make.commitment(lit, trafikkontoret, ake, reply=Reply.ASKED)
    at_work.post(url("commitment-withdraw", asked.pk))

    assert Commitment.objects.get().reply == Reply.WITHDRAWN


def test_after_a_no_somebody_else_is_asked(lit, ake, trafikkontoret, at_work):
    make.commitment(lit, trafikkontoret, ake, reply=Reply.DECLINED, answer="Vi hinner inte.")
    page = at_work.get(url("activity", lit.pk)).text

    assert ("Vi hinner inte." in page, "Fråga om ansvar" in page) == (True, True)


def test_the_list_is_chosen_by_state_and_body(lit, ake, polisen, at_work):
    quiet = make.activity(
        lit.issue, ake, lit.decision, title={"sv": "Gå på kvällen"}, state=ActivityState.PAUSED, concern="Se över."
    )
    make.commitment(quiet, polisen, ake)
    for chosen in ("lage=paused", f"organisation={polisen.pk}", "lage=att-se-over"):
        page = at_work.get(url("activities") + f"?{chosen}").text
        assert ("Gå på kvällen" in page, "Byt 22 lampor" in page) == (True, False)


def test_silence_is_marked(yes, ready, ake, at_work):
    long_ago = timezone.localtime() - dt.timedelta(days=100)
    make.activity(ready, ake, yes, state=ActivityState.RUNNING, planned_at=long_ago)

    assert ">Tyst<" in at_work.get(url("activities")).text


def test_what_has_ended_is_not_rewritten(yes, ready, ake, at_work):
    over = {"state": ActivityState.DONE, "ended_on": TODAY, "outcome": {"sv": "Ljust."}}
    activity = make.activity(ready, ake, yes, **over)
    page = at_work.post(url("activity-edit", activity.pk), {"title_sv": "Annat", "period": "2027"})

    assert (page.status_code, "ändras inte mer" in page.text) == (409, True)


def test_the_list_costs_the_same_for_one_and_three(lit, ake, polisen, at_work, count_queries):
    make.commitment(lit, polisen, ake)
    cost_of_one = count_queries(lambda: at_work.get(url("activities")))
    for _ in range(2):
        make.commitment(make.activity(lit.issue, ake, lit.decision), polisen, ake)

    assert count_queries(lambda: at_work.get(url("activities"))) == cost_of_one


def test_who_has_read_and_who_is_waited_for(ready, tova, polisen, at_work):
    ready.concerned.create(organisation=polisen, why="Går där.")
    report = PublishedReport.objects.create(dialogue=ready.dialogue, slug="r", title="Så säger vi")
    report.issues.add(ready)
    ReadConfirmation.objects.create(
        report=report, organisation=tova.affiliations.get().organisation, by=tova, comment="Bra."
    )
    row = at_work.get(url("readers")).context["rows"][0]

    assert [confirmation.organisation for confirmation in row.read] == [tova.affiliations.get().organisation]
    assert row.awaited == [polisen]


PAGES = ["activities", "activity-new", "activity", "activity-edit", "commitment-ask", "readers"]


@pytest.mark.parametrize("name", PAGES)
def test_for_everybody_else_it_does_not_exist(lit, elsewhere, stranger, browse, name):
    there = url(name, *([] if name in ("activities", "activity-new", "readers") else [lit.pk]))

    assert [browser.get(there).status_code for browser in (elsewhere, browse(stranger))] == [404, 404]


def test_another_coordinator_takes_no_offer_of_mine(lit, ake, trafikkontoret, elsewhere):
    asked = make.commitment(lit, trafikkontoret, ake, reply=Reply.COUNTERED, answer="I maj.")

    assert elsewhere.post(url("commitment-take", asked.pk)).status_code == 404

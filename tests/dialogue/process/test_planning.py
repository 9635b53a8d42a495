"""The coordinator's pages about dialogues and the periods of their steps."""

import datetime as dt

import pytest
from django.urls import reverse
from django.utils import timezone

from actors.models import Partnership
from dialogue.models import Dialogue, ProcessStep
from dialogue.process import steps_overview
from surveys.models import GuidingQuestion
from tests import factories as make


@pytest.fixture
def at_work(ake, browse):
    return browse(ake)


def url(name, *args):
    return reverse(f"coordinate:{name}", args=["ostberga", *args])


def words(**more):
    names = ("question", "title", "purpose", "can_influence", "cannot_influence", "who_decides")
    return {f"{name}_sv": name for name in names} | more


def start(at_work, new):
    """The form data of somebody who has seen what is missing and begins anyway."""
    form = at_work.get(url("dialogue-make-current", new.pk)).context["form"]
    typed = {"seen": form["seen"].value(), "despite": "on", "reason": "Vi vill inte vänta."}
    return at_work.post(url("dialogue-make-current", new.pk), typed)


def steps(talk, **typed):
    """The form data of a round: `period_1` is the period of the stage that carries step 1."""
    split = {tuple(name.rsplit("_", 1)): text for name, text in typed.items()}
    return {f"steg-{make.stage(talk, int(step)).pk}-{name}": text for (name, step), text in split.items()}


def test_periods_are_written_as_people_say_them(talk, at_work):
    typed = steps(talk, period_1="maj–juni 2016", period_2="vintern 2016–2017", period_5="2017–")
    at_work.post(url("steps-round", talk.pk, 1), typed)
    labels = {planned.stage.step: planned.period.label() for planned in talk.steps.all()}

    assert labels == {1: "maj–juni 2016", 2: "vintern 2016–2017", 5: "2017 och framåt"}


def test_periods_may_overlap_and_the_last_step_leads_back(talk, at_work):
    first = make.stage(talk, 1).pk
    typed = steps(talk, period_1="maj 2016", period_2="maj 2016", period_5="2017–", loops_to_5=first)
    at_work.post(url("steps-round", talk.pk, 1), typed)

    assert list(talk.steps.values_list("stage__step", "loops_to")) == [(1, None), (2, None), (5, first)]


def test_a_period_that_is_not_understood_is_told_beside_the_field(talk, at_work):
    page = at_work.post(url("steps-round", talk.pk, 1), steps(talk, period_1="snart", period_2="maj 2016"))

    assert page.status_code == 422
    assert f'id="id_steg-{make.stage(talk, 1).pk}-period_error"' in page.text
    assert 'value="snart"' in page.text
    assert not talk.steps.exists()


def test_a_new_round_starts_from_the_words_of_the_one_before(talk, at_work):
    today = dt.date(2016, 5, 1)
    ProcessStep.objects.create(
        dialogue=talk, stage=make.stage(talk, 1), name={"sv": "Vi lyssnar"}, start=today, end=today
    )
    page = at_work.get(url("steps-round", talk.pk, 2))

    assert 'value="Vi lyssnar"' in page.text


@pytest.mark.parametrize("stored", [False, True])
def test_words_about_a_step_without_a_period_are_not_dropped_in_silence(talk, at_work, stored):
    today = dt.date(2016, 5, 1)
    words = {"name": {"sv": "Vi lyssnar"}, "start": today, "end": today}
    if stored:
        ProcessStep.objects.create(dialogue=talk, stage=make.stage(talk, 1), **words)
    page = at_work.post(url("steps-round", talk.pk, 1), steps(talk, name_sv_1="Vi lyssnar"))

    assert (page.status_code, "Skriv när, annars sparas inte orden." in page.text) == (422, True)
    assert 'value="Vi lyssnar"' in page.text
    assert talk.steps.exists() is stored


def test_rounds_are_planned_in_order(talk, at_work):
    assert at_work.get(url("steps-round", talk.pk, 2)).status_code == 404


def test_a_dialogue_says_what_can_and_can_not_be_influenced(talk, at_work, amina):
    at_work.post(url("dialogue", talk.pk), words(cannot_influence_sv="Hyrorna.", surveys=[]))

    assert "Hyrorna." in amina.get("/ostberga/").text


def test_what_was_typed_stays_when_the_purpose_is_missing(talk, at_work):
    page = at_work.post(url("dialogue", talk.pk), words(purpose_sv="", title_en="Well-being"))

    assert (page.status_code, "Well-being" in page.text) == (422, True)


def test_the_question_changes_in_the_form_that_asks_it(talk, form, at_work):
    at_work.post(url("dialogue", talk.pk), words(question_sv="Vad gör dig glad?", surveys=[form.pk]))
    form.refresh_from_db()

    assert form.guiding_question.text["sv"] == "Vad gör dig glad?"
    assert form.definition_version == 2


def test_a_new_dialogue_is_prepared_in_silence_and_then_takes_over(talk, at_work, amina):
    at_work.post(url("dialogue-new"), {"title_sv": "Ny dialog", "new_question": "Vad nu?", "template": "ostberga"})
    new = Dialogue.objects.get(is_current=False)
    silent = amina.get("/ostberga/").text
    start(at_work, new)
    at_work.post(url("dialogue-end", talk.pk))

    assert "Vad nu?" not in silent
    assert "Vad nu?" in amina.get("/ostberga/").text


def test_an_earlier_dialogue_and_its_issues_stay_to_be_read(talk, ready, at_work, ake, amina):
    make.dialogue(talk.collaboration, is_current=False).make_current(by=ake)
    Dialogue.objects.get(pk=talk.pk).end(by=ake)
    ready.refresh_from_db()
    front = amina.get("/ostberga/").text
    there = Dialogue.objects.get(pk=talk.pk).get_absolute_url()

    assert there in front
    assert "Den här dialogen avslutades" in amina.get(there).text
    assert amina.get(Dialogue.objects.get(pk=talk.pk).issues.get().get_absolute_url()).status_code == 200


def test_what_an_earlier_dialogue_asked_is_not_rewritten(talk, ake):
    new = make.dialogue(talk.collaboration, guiding_question=talk.guiding_question, is_current=False)
    new.make_current(by=ake)
    Dialogue.objects.get(pk=talk.pk).end(by=ake)
    new.describe(by=ake, surveys=[], question={"sv": "En annan fråga"}, texts={})
    asked = GuidingQuestion.objects.get(dialogues=talk)

    assert asked.text["sv"] == "Vad ger trivsel och trygghet?"


def test_a_collaboration_without_a_dialogue_has_a_page(ostberga, amina):
    page = amina.get("/ostberga/")

    assert (page.status_code, "Ingen dialog pågår just nu" in page.text) == (200, True)


def test_a_prepared_dialogue_is_not_listed_among_the_earlier(talk, amina):
    make.dialogue(talk.collaboration, title={"sv": "Hemlig"}, is_current=False)

    assert "Hemlig" not in amina.get("/ostberga/").text


def test_what_an_earlier_round_left_open_goes_on_beside_the_new_one(talk):
    past, now = dt.date(2017, 1, 1), dt.date(2026, 10, 1)
    ProcessStep.objects.create(dialogue=talk, round_number=1, stage=make.stage(talk, 5), start=past, precision="year")
    ProcessStep.objects.create(dialogue=talk, round_number=2, stage=make.stage(talk, 1), start=now, precision="season")

    assert [stair.state for stair in steps_overview.stairs(talk, now)] == [
        "current",
        "coming",
        "coming",
        "coming",
        "current",
    ]


def test_what_a_new_dialogue_lacks_is_told_with_where_to_mend_it(talk, at_work):
    new = make.dialogue(talk.collaboration, is_current=False, can_influence={})
    page = at_work.get(url("dialogue-make-current", new.pk)).text

    assert "Uppdrag och roll är inte bekräftade av Polismyndigheten och Trafikkontoret." in page
    assert url("partners") in page
    assert f'href="{url("dialogue", new.pk)}"' in page


def test_beginning_all_the_same_needs_a_tick_and_a_reason(talk, at_work):
    new = make.dialogue(talk.collaboration, is_current=False, can_influence={})
    page = at_work.post(url("dialogue-make-current", new.pk), {"reason": "Vi vill"})
    new.refresh_from_db()

    assert (page.status_code, "Vi vill" in page.text, new.is_current) == (422, True, False)


def test_the_exception_is_kept_and_shown(talk, at_work):
    new = make.dialogue(talk.collaboration, is_current=False)
    start(at_work, new)
    new.refresh_from_db()

    assert new.started_reason == "Vi vill inte vänta."
    assert "Vi vill inte vänta." in at_work.get(url("dialogue", new.pk)).text


def test_a_dialogue_where_all_is_in_place_just_begins(talk, at_work, ake):
    Partnership.objects.update(accepted_at=timezone.now(), confirmed_at=timezone.now(), confirmed_by=ake)
    new = make.dialogue(talk.collaboration, is_current=False)
    at_work.post(url("dialogue-make-current", new.pk), {})
    new.refresh_from_db()

    assert (new.is_current, new.started_missing) == (True, [])


def test_what_the_gates_ask_for_is_set_for_each_dialogue(talk, at_work):
    typed = {"gate_roles": "3", "gate_resident": "on", "gate_seats": ["resident"], "silent_days": "30"}
    typed["follow_months"] = "6"
    at_work.post(url("thresholds", talk.pk), typed)
    talk.refresh_from_db()

    assert (talk.gate_roles, talk.gate_readers, talk.gate_seats, talk.silent_days) == (3, False, ["resident"], 30)
    assert talk.follow_months == 6


def test_a_number_of_roles_that_can_not_be_is_told(talk, at_work):
    assert at_work.post(url("thresholds", talk.pk), {"gate_roles": "9", "silent_days": "30"}).status_code == 422

"""Kim is a communicator: she writes what residents read, and publishes, decides and reads nothing else."""

import pytest
from django.urls import reverse
from django.utils import timezone

from actors.rules.helping import HelperTask
from dialogue.models import DialogueEvent
from dialogue.rules.activities import ActivityState
from tests import factories as make
from tests.forms_by_hand import form_to


@pytest.fixture
def kim(ostberga, ake, browse):
    """Kim's browser."""
    person = make.user("kim@ostberga.example", name="Kim")
    make.helper(ostberga, person, HelperTask.COMMUNICATION, ake)
    return browse(person)


def to(name, *args):
    return reverse(f"coordinate:{name}", args=["ostberga", *args])


def test_her_page_says_what_she_may_and_what_each_text_lacks(kim, ready, talk):
    ready.title, ready.next_up = {"sv": "Lamporna", "en": "The lamps"}, {}
    ready.published_at = None
    ready.save()

    page = kim.get(to("public-texts")).text

    assert all(words in page for words in HelperTask.COMMUNICATION.may)
    assert "något saknas på somaliska, arabiska" in page
    assert ("syns inte än" in page, "vad som händer nu är inte skrivet" in page) == (True, True)


def test_a_language_that_nobody_speaks_here_is_not_missed(kim, ready, ostberga):
    ready.title, ready.description = {"sv": "Lamporna", "en": "The lamps"}, {}
    ready.next_up = {}
    ready.save()
    ostberga.languages = ["en"]
    ostberga.save()

    assert "något saknas" not in kim.get(to("public-texts")).text


def test_she_writes_the_texts_of_a_dialogue_and_not_its_question_or_its_forms(kim, talk, form, amina):
    question, address = talk.guiding_question.text, to("dialogue-texts", talk.pk)
    filled = form_to(kim.get(address), address)

    sent = filled.typed({"purpose_sv": "Vi vill veta hur det är.", "question_sv": "Vems fel är det?", "surveys": []})
    assert kim.post(address, sent).status_code == 302

    talk.refresh_from_db()
    assert (talk.purpose["sv"], talk.guiding_question.text) == ("Vi vill veta hur det är.", question)
    assert list(talk.surveys.all()) == [form]
    assert "Vi vill veta hur det är." in amina.get(talk.get_absolute_url()).text
    assert DialogueEvent.objects.filter(dialogue=talk, kind="described").count() == 1


def test_the_texts_of_a_dialogue_that_has_ended_stay_as_they_were(kim, talk):
    talk.is_current, talk.ended_on = False, timezone.localdate()
    talk.save()

    assert kim.get(to("dialogue-texts", talk.pk)).status_code == 404


def test_she_writes_an_issues_texts_and_can_not_show_it(kim, ready):
    ready.published_at = None
    ready.save()
    filled = form_to(kim.get(to("issue-texts", ready.pk)), to("issue-texts", ready.pk))

    written = kim.post(to("issue-texts", ready.pk), filled.typed({"title_sv": "Ljus i parken"}))
    wrong = kim.post(to("issue-texts", ready.pk), filled.typed({"title_sv": ""}))
    shown = kim.post(to("issue-publish", ready.pk), {"visa": "ja"})

    ready.refresh_from_db()
    assert (written.url, shown.status_code) == (to("public-texts"), 404)
    assert (ready.title["sv"], ready.published_at) == ("Ljus i parken", None)
    assert (wrong.status_code, f'"{to("issue", ready.pk)}"' in wrong.text) == (422, False)  # it is shut for her


def test_she_tells_how_an_activity_goes_and_does_not_run_it(kim, ready, ake, trafikkontoret):
    decision = make.decision(ready, ake, trafikkontoret, answer="approved")
    activity = make.activity(ready, ake, decision, state=ActivityState.RUNNING)

    page = kim.get(reverse("activity-work", args=[activity.pk])).text
    told = kim.post(reverse("activity-tell", args=[activity.pk]), {"text": "Stolparna är på plats."})
    ended = kim.post(reverse("activity-end", args=[activity.pk]), {"state": "done", "outcome_sv": "Klart."})

    activity.refresh_from_db()
    assert ("Berätta för alla" in page, "Avsluta aktiviteten" in page, "Pausa" in page) == (True, False, False)
    assert (told.status_code, ended.status_code, activity.state) == (302, 404, ActivityState.RUNNING)
    assert activity.events.filter(text="Stolparna är på plats.", by__name="Kim").count() == 1


def test_a_form_she_prints_leads_to_no_other_page_of_it(kim, form):
    page = kim.get(to("public-texts")).text
    channel = form.channels.get()

    assert all(to(name, form.pk, channel.pk) in page for name in ("poster", "channel-qr"))
    assert kim.get(to("channel-qr", form.pk, channel.pk)).status_code == 200
    assert [kim.get(to(name, form.pk)).status_code for name in ("survey", "survey-texts", "questions")] == [404] * 3


def test_when_her_days_are_over_she_writes_nothing(ostberga, ake, browse, ready):
    person, today = make.user(), timezone.localdate()
    make.helper(ostberga, person, HelperTask.COMMUNICATION, ake, ended_at=timezone.now(), ended_by=ake, ends_on=today)

    assert browse(person).get(to("public-texts")).status_code == 404
    assert browse(person).post(to("issue-texts", ready.pk), {"title_sv": "Nej"}).status_code == 404

"""The start list of a new coordinator: every part says what is missing, and ticks itself when it is done."""

import datetime as dt

import pytest
from django.utils import timezone

from dialogue.worklists.start_list import build_start_list
from tests import factories as make

HOME = "/samordna/ostberga/"


@pytest.fixture
def place(db):
    """A collaboration with a coordinator and nothing else."""
    place = make.collaboration()
    make.coordinator(place, make.user("kim@ostberga.example", name="Kim"))
    return place


def done(place):
    return [step.name for step in build_start_list(place) or [] if step.is_done]


def missing(place, name):
    return next(step.missing for step in build_start_list(place) or [] if step.name == name)


def test_at_first_nothing_is_done_and_everything_says_what_is_missing(place):
    assert done(place) == []
    assert missing(place, "Parter") == "Inga parter är med än. Det ska vara minst två."
    assert missing(place, "Människor") == "Ingen mer än du har konto."
    assert missing(place, "Dialog och fråga") == "Ingen fråga är vald."


def test_partners_are_ticked_when_two_have_confirmed(place):
    now, kim = timezone.now(), place.appointments.get().user
    by = {"confirmed_at": now, "confirmed_by": kim, "accepted_at": now}
    streets = make.partnership(place, make.organisation("Trafik"))
    assert missing(place, "Parter") == "Bara Trafik är med. Det ska vara minst två."
    make.partnership(place, make.organisation("Polisen"), **by)
    assert missing(place, "Parter") == "2 parter är med. Har inte bekräftat sitt uppdrag: Trafik."

    place.partnerships.filter(pk=streets.pk).update(**by)

    assert done(place) == ["Parter"]


def test_a_dialogue_is_ticked_when_it_says_what_can_change(place):
    dialogue = make.dialogue(place, is_current=False, can_influence={}, cannot_influence={})
    assert missing(place, "Dialog och fråga") == ("Det är inte skrivet vad som går att påverka och vad som inte går.")

    dialogue.can_influence, dialogue.cannot_influence = {"sv": "Lampor"}, {"sv": "Skatten"}
    dialogue.save()

    assert done(place) == ["Dialog och fråga"]


def test_the_list_is_gone_when_the_dialogue_has_begun_and_the_form_is_open(place, browse):
    dialogue, survey = make.dialogue(place, is_current=True), make.survey(place)
    assert "Så kommer ni igång" in browse(place.appointments.get().user).get(HOME).text

    make.wave(survey, opens_on=timezone.localdate() - dt.timedelta(days=1))

    assert dialogue.is_current
    assert build_start_list(place) is None
    assert "Så kommer ni igång" not in browse(place.appointments.get().user).get(HOME).text


def test_her_desk_leads_to_the_list_as_long_as_it_is_there(place, browse):
    kim = browse(place.appointments.get().user)
    button = f'<a class="ds-button" href="{HOME}">%s</a>'
    first = " ".join(kim.get("/mitt/").text.split())
    make.dialogue(place, is_current=True)
    make.wave(make.survey(place), opens_on=timezone.localdate() - dt.timedelta(days=1))
    later = " ".join(kim.get("/mitt/").text.split())

    assert (button % "Så kommer ni igång" in first, button % "Min vecka" in later) == (True, True)
    assert ("Listan säger vad som återstår." in first, "Listan säger" in later) == (True, False)


def test_every_link_of_the_menu_opens_before_a_dialogue_exists(place, browse):
    person = browse(place.appointments.get().user)
    links = {part.split('"')[0] for part in person.get(HOME).text.split('href="')}
    below = {link for link in links if link.startswith(HOME)}
    pages = {path for link in below for path in [link, *sections(person.get(link).text)]}

    assert {path: person.get(path).status_code for path in pages} == dict.fromkeys(pages, 200)
    assert HOME + "rapporter/" in pages


def sections(text):
    return {part.split('"')[0] for part in text.split('href="') if part.startswith(HOME)}


def test_what_needs_a_dialogue_says_so_in_words(place, browse):
    page = browse(place.appointments.get().user).get(HOME + "fragor/ny/")

    assert page.status_code == 409
    assert "Ingen dialog pågår" in page.text
    assert 'href="/samordna/ostberga/dialog/"' in page.text


def test_a_prepared_dialogue_is_begun_and_not_made_twice(place, browse):
    dialogue = make.dialogue(place, is_current=False)
    begin, person = f"{HOME}dialog/{dialogue.pk}/borja/", browse(place.appointments.get().user)

    pages = {path: person.get(HOME + path) for path in ("", "fragor/", "fragor/ny/")}

    assert {path: f'href="{begin}"' in page.text for path, page in pages.items()} == dict.fromkeys(pages, True)
    assert {path: "dialog/ny/" in page.text for path, page in pages.items()} == dict.fromkeys(pages, False)
    assert (pages["fragor/ny/"].status_code, "Gå dit det går" in pages["fragor/ny/"].text) == (409, False)


def test_the_people_are_done_when_somebody_may_answer_and_there_is_a_deputy(place):
    body = make.organisation("Trafik")
    make.partnership(place, body)
    tova = make.user("tova@trafik.example")
    make.official(tova, body)
    assert missing(place, "Människor") == (
        "En person till har konto. Ingen har fått sitt mandat bekräftat. Du har ingen ersättare."
    )

    make.mandate(tova, body, place)
    make.coordinator(place, make.user("disa@ostberga.example"), role="deputy")

    assert done(place) == ["Människor"]


def test_a_form_that_is_opened_before_the_dialogue_is_told_as_it_is(place):
    make.dialogue(place, is_current=False)
    make.wave(make.survey(place), opens_on=timezone.localdate() - dt.timedelta(days=1))

    assert missing(place, "Öppna") == "Dialogen har inte börjat. Formuläret är öppet."
    assert "Prova själv" not in done(place)


def test_only_the_languages_of_the_collaboration_are_asked_for_and_offered(place, browse):
    place.languages = ["sv", "so", "ar"]
    place.save()
    dialogue = make.dialogue(place, is_current=True, purpose={"sv": "Lyssna"}, title={"sv": "Trivsel", "en": "Joy"})

    page = browse(place.appointments.get().user).get(f"{HOME}dialog/{dialogue.pk}/").text
    public = browse().get("/ostberga/").text

    assert "saknas på somaliska, arabiska" in page
    assert "engelska, somaliska" not in page
    assert ('name="title_en"' in page, 'name="purpose_en"' in page) == (True, False)
    assert ('hreflang="so"' in public, 'hreflang="en"' in public) == (True, False)

"""Where the pages of dialogues stand when one begins beside another, and when it ends."""

import pytest
from django.db import IntegrityError, transaction

from dialogue.models import Dialogue
from ostberga.lib.refusal import Refusal
from tests import factories as make
from tests.dialogue.several.conftest import prepare_park


def follow(browser, address):
    page = browser.get(address, follow=True)
    return page.status_code, page.redirect_chain[-1] if page.redirect_chain else None


def test_a_dialogue_alone_has_the_front_and_its_name_leads_there(talk, ready, amina):
    for name, front in ((f"dialog/{talk.slug}/", ""), (f"dialog/{talk.slug}/fragor/lamporna/", "fragor/lamporna/")):
        assert follow(amina, f"/ostberga/{name}") == (200, (f"/ostberga/{front}", 301))


def test_when_a_second_begins_both_stand_below_their_names_and_old_addresses_lead_on(park, talk, amina):
    here = f"/ostberga/dialog/{talk.slug}/"
    old = {"/ostberga/fragor/lamporna/": f"{here}fragor/lamporna/", "/en/ostberga/fragor/hundarna/": None}
    old["/en/ostberga/fragor/hundarna/"] = "/en/ostberga/dialog/parken/fragor/hundarna/"

    assert {address: follow(amina, address)[1] for address in old} == {key: (there, 301) for key, there in old.items()}
    assert amina.get(here).status_code == amina.get("/ostberga/dialog/parken/").status_code == 200


def test_the_front_lists_both_with_the_question_of_each(park, talk, amina):
    page = amina.get("/ostberga/").text

    assert "Hur ska parken bli?" in page
    assert "Vad ger trivsel och trygghet?" in page
    assert f'href="/ostberga/dialog/{talk.slug}/"' in page
    assert park.survey.channels.get().get_absolute_url() in page


def test_each_has_its_own_page_question_and_issues(park, talk, amina):
    parks, areas = amina.get("/ostberga/dialog/parken/").text, amina.get(f"/ostberga/dialog/{talk.slug}/").text

    assert ["Hur ska parken bli?" in page for page in (parks, areas)] == [True, False]
    assert ["Hundarna" in page for page in (parks, areas)] == [True, False]
    assert ["Lamporna" in page for page in (parks, areas)] == [False, True]
    assert 'href="/ostberga/dialog/parken/fragor/"' in parks


def test_the_list_of_issues_names_the_dialogue_of_each(park, talk, amina):
    every, parks = amina.get("/ostberga/fragor/").text, amina.get("/ostberga/dialog/parken/fragor/").text

    assert every.index("Lamporna") < every.index("Parken") < every.index("Hundarna")
    assert ("Hundarna" in parks, "Lamporna" in parks) == (True, False)


def test_an_issue_is_not_found_below_the_name_of_another_dialogue(park, talk, amina):
    assert amina.get("/ostberga/dialog/parken/fragor/lamporna/", follow=True).status_code == 404


def test_whoever_goes_on_alone_again_has_the_front_and_the_ended_keeps_its_name(park, talk, ake, amina):
    Dialogue.objects.get(pk=talk.pk).end(by=ake)

    assert "Hur ska parken bli?" in amina.get("/ostberga/").text
    assert follow(amina, "/ostberga/dialog/parken/") == (200, ("/ostberga/", 301))
    assert "Den här dialogen avslutades" in amina.get(f"/ostberga/dialog/{talk.slug}/").text
    assert follow(amina, f"/ostberga/tidigare/{talk.pk}/") == (200, (f"/ostberga/dialog/{talk.slug}/", 301))


def test_the_coordinator_ends_one_after_reading_what_is_left(park, ake, browse):
    page = browse(ake).get(f"/samordna/ostberga/dialog/{park.dialogue.pk}/avsluta/")
    browse(ake).post(f"/samordna/ostberga/dialog/{park.dialogue.pk}/avsluta/")

    assert ("Parkens höst" in page.text, "Hundarna" in page.text, "Lamporna" in page.text) == (True, True, False)
    assert park.reload().dialogue.ended_on is not None
    with pytest.raises(Refusal, match="pågår inte"):
        park.dialogue.end(by=ake)


def test_one_that_is_prepared_is_seen_by_nobody(ready, ostberga, ake, amina):
    prepare_park(ostberga, ake)

    assert "Parken" not in amina.get("/ostberga/").text
    assert amina.get("/ostberga/dialog/parken/").status_code == 404


def test_two_of_the_same_name_have_two_addresses_and_the_database_allows_one_at_the_front(ostberga, ake, park):
    again, _ = prepare_park(ostberga, ake)

    assert again.slug == "parken-2"
    with pytest.raises(IntegrityError), transaction.atomic():
        Dialogue.objects.update(has_own_address=False)


def test_a_question_that_two_ask_is_changed_in_one_only(ostberga, talk, form, ake):
    second, _ = prepare_park(ostberga, ake)
    same = type(talk).objects.get(pk=talk.pk).guiding_question
    third = make.dialogue(ostberga, guiding_question=same, is_current=False)
    third.describe(by=ake, surveys=[], question={"sv": "En annan?"}, texts={})
    form.refresh_from_db()

    assert form.guiding_question.text["sv"] == "Vad ger trivsel och trygghet?"
    assert second.guiding_question.text["sv"] == "Hur ska parken bli?"


def test_a_dialogue_without_times_is_at_its_first_step(park, amina):
    page = amina.get(park.reload().dialogue.get_absolute_url()).text

    assert page.count('aria-current="step"') == 1
    assert "Här är vi nu" in page

"""Åke and his deputy Disa have the same form open. What both wrote is kept, or shown to whoever saves last."""

import re

import pytest
from django.urls import reverse
from django.utils import timezone

from dialogue.models import Issue


@pytest.fixture
def texts(ready):
    return reverse("coordinate:issue-texts", args=["ostberga", ready.pk])


def opened(page):
    """Return what a browser would send from the page as it is."""
    fields = dict(re.findall(r'<input type="(?:text|hidden)" name="(\w+)" value="([^"]*)"', page.text))
    areas = dict(re.findall(r'<textarea name="(\w+)"[^>]*>\n?([^<]*)</textarea>', page.text))
    return {name: value for name, value in {**fields, **areas}.items() if name != "csrfmiddlewaretoken"}


def test_two_who_change_different_fields_both_keep_their_change(ready, texts, ake, disa, browse):
    first, second = opened(browse(ake).get(texts)), opened(browse(disa).get(texts))
    browse(ake).post(texts, {**first, "description_sv": "Åkes ord."})
    saved = browse(disa).post(texts, {**second, "next_up_sv": "Disas ord."})

    ready.refresh_from_db()
    assert (saved.status_code, ready.description["sv"], ready.next_up["sv"]) == (302, "Åkes ord.", "Disas ord.")


def test_two_who_change_the_same_field_see_both_versions_and_choose(ready, texts, ake, disa, browse):
    first, second = opened(browse(ake).get(texts)), opened(browse(disa).get(texts))
    browse(ake).post(texts, {**first, "description_sv": "Åkes ord."})
    page = browse(disa).post(texts, {**second, "description_sv": "Disas ord.", "next_up_sv": "Bara Disa."})

    ready.refresh_from_db()
    assert (page.status_code, ready.description["sv"], ready.next_up) == (422, "Åkes ord.", {})
    assert page.text.index("Åkes ord.") < page.text.index("Disas ord.")
    assert "Bara Disa." in page.text
    browse(disa).post(texts, {**opened(page), "description_sv-galler": "andras"})
    ready.refresh_from_db()
    assert (ready.description["sv"], ready.next_up["sv"]) == ("Åkes ord.", "Bara Disa.")


def test_who_has_seen_both_versions_may_keep_her_own(ready, texts, ake, disa, browse):
    first, second = opened(browse(ake).get(texts)), opened(browse(disa).get(texts))
    browse(ake).post(texts, {**first, "description_sv": "Åkes ord."})
    page = browse(disa).post(texts, {**second, "description_sv": "Disas ord."})
    browse(disa).post(texts, {**opened(page), "description_sv-galler": "min"})

    assert Issue.objects.get(pk=ready.pk).description["sv"] == "Disas ord."


def test_a_third_version_is_shown_again_also_to_who_chose_the_others(ready, texts, ake, disa, browse):
    first, second = opened(browse(ake).get(texts)), opened(browse(disa).get(texts))
    browse(ake).post(texts, {**first, "description_sv": "Åkes ord."})
    page = browse(disa).post(texts, {**second, "description_sv": "Disas ord."})
    Issue.objects.filter(pk=ready.pk).update(description={"sv": "Åkes senare ord."})
    again = browse(disa).post(texts, {**opened(page), "description_sv-galler": "andras"})

    assert again.status_code == 422
    assert "Åkes senare ord." in again.text


def test_a_page_from_before_this_field_existed_overwrites_nothing_unseen(ready, texts, ake, browse):
    typed = {**opened(browse(ake).get(texts)), "description_sv": "Nytt.", "shown": "påhittat"}
    page = browse(ake).post(texts, typed)

    assert (page.status_code, Issue.objects.get(pk=ready.pk).description) == (422, ready.description)


def test_an_old_tab_of_a_closed_issue_is_refused_with_its_words(ready, texts, ake, browse):
    sent = {**opened(browse(ake).get(texts)), "next_up_sv": "Vi möts i maj."}
    ready.rounds.update(closed_at=timezone.now(), closed_by=ake, answer={"sv": "Det blev ljust."})
    page = browse(ake).post(texts, sent)

    assert page.status_code == 422
    assert "Nu: frågan är avslutad." in page.text
    assert "Vi möts i maj." in page.text
    assert Issue.objects.get(pk=ready.pk).next_up == {}

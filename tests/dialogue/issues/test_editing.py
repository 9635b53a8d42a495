"""The coordinator creates and edits issues, puts them in order, shows and hides them."""

import pytest
from django.urls import reverse
from django.utils import timezone

from dialogue.models import DialogueEvent, Issue
from tests import factories as make


@pytest.fixture
def at_work(ake, browse):
    return browse(ake)


def url(name, *args):
    return reverse(f"coordinate:{name}", args=["ostberga", *args])


def test_a_new_issue_is_hidden_until_it_is_shown(talk, at_work, amina):
    at_work.post(url("issue-new"), {"title_sv": "Ljus på gången", "slug": ""})
    issue = Issue.objects.get(slug="ljus-pa-gangen")
    before = amina.get(issue.get_absolute_url()).status_code
    at_work.post(url("issue-publish", issue.pk), {"visa": "ja"})

    assert (before, amina.get(issue.get_absolute_url()).status_code) == (404, 200)


def test_what_was_typed_stays_when_something_is_wrong(ready, at_work):
    page = at_work.post(url("issue-new"), {"title_sv": "Lampor", "slug": "lamporna", "title_ar": "مصابيح"})

    assert page.status_code == 422
    assert f"«Lamporna» i {ready.dialogue} har eller har haft adressen lamporna." in page.text
    assert "مصابيح" in page.text


def test_an_address_that_nobody_typed_gets_a_number_when_it_is_taken(ready, at_work):
    at_work.post(url("issue-new"), {"title_sv": "Lamporna", "slug": ""})

    assert set(Issue.objects.values_list("slug", flat=True)) == {"lamporna", "lamporna-2"}


def test_words_are_changed_in_each_language(ready, at_work, amina):
    typed = {"title_sv": "Lampor", "title_ar": "مصابيح", "next_up_sv": "Mer i vår.", "slug": "lamporna"}
    at_work.post(url("issue-texts", ready.pk), typed)

    assert "مصابيح" in amina.get(f"/ar{ready.get_absolute_url()}").text
    assert DialogueEvent.objects.filter(issue=ready, kind="edited").count() == 1


def test_an_issue_keeps_an_address_that_one_of_an_ended_dialogue_has_had_since_before(ready, at_work, talk):
    ended = make.dialogue(talk.collaboration, is_current=False, ended_on=timezone.localdate())
    make.issue(ended, "Belysning förr", slug=ready.slug)
    page = at_work.post(url("issue-texts", ready.pk), {"title_sv": "Lampor", "slug": ready.slug})

    ready.refresh_from_db()
    assert (page.status_code, ready.title["sv"]) == (302, "Lampor")


def test_perspectives_are_chosen_and_those_there_keep_who_tied_them(ready, at_work, talk, ake):
    first = ready.links.get()
    more = make.perspective(talk.collaboration, ake, "Vi som sover")
    at_work.post(url("issue-perspectives", ready.pk), {"perspectives": [first.perspective_id, more.pk]})

    assert set(ready.perspectives.all()) == {first.perspective, more}
    assert ready.links.get(perspective=first.perspective) == first


def test_a_merged_perspective_stays_chosen_as_what_it_became(ready, at_work, talk, ake):
    old = ready.perspectives.get()
    old.merged_into = new = make.perspective(talk.collaboration, ake, "Vi som ser")
    old.save()
    at_work.post(url("issue-perspectives", ready.pk), {"perspectives": [new.pk]})

    assert list(ready.perspectives.all()) == [old]


def test_breadth_is_told_in_words_never_as_a_ranking(ready, at_work):
    assert (
        "Hörts från boende och tjänstepersoner – 2 av 5 grupper"
        in at_work.get(url("issue-perspectives", ready.pk)).text
    )


def test_someone_elses_perspective_can_not_be_chosen(ready, at_work, ake):
    foreign = make.perspective(make.collaboration("annanstans"), ake)
    page = at_work.post(url("issue-perspectives", ready.pk), {"perspectives": [foreign.pk]})

    assert page.status_code == 422


def test_a_body_is_named_with_what_it_can_do(ready, at_work, polisen):
    page = at_work.post(url("issue-bodies", ready.pk), {f"part_{polisen.pk}": "on", f"varfor_{polisen.pk}": ""})

    assert page.status_code == 422
    assert "Skriv vad Polismyndigheten råder över." in page.text


def test_words_without_a_tick_are_not_lost(ready, at_work, polisen):
    page = at_work.post(url("issue-bodies", ready.pk), {f"varfor_{polisen.pk}": "Går där på kvällen."})

    assert (page.status_code, "Går där på kvällen." in page.text) == (422, True)


def test_bodies_are_shown_to_everybody(ready, at_work, polisen, amina):
    at_work.post(url("issue-bodies", ready.pk), {f"part_{polisen.pk}": "on", f"varfor_{polisen.pk}": "Går där."})

    assert dict(ready.concerned.values_list("organisation", "why")) == {polisen.pk: "Går där."}
    assert "Går där." in amina.get(ready.get_absolute_url()).text


def test_order_is_changed_one_place_at_a_time(ready, bare, at_work):
    at_work.post(url("issue-place", bare.pk), {"till": "upp"})

    assert list(Issue.objects.values_list("pk", flat=True)) in ([bare.pk, ready.pk], [ready.pk, bare.pk])
    assert Issue.objects.order_by("position").values_list("position", flat=True).distinct().count() == 2


def test_the_list_says_what_is_missing(bare, at_work):
    page = at_work.get(url("issues")).text

    assert "Frågan vilar inte på något perspektiv ännu." in page


def test_the_list_costs_the_same_for_one_and_three(ready, at_work, talk, count_queries):
    for_one = count_queries(lambda: at_work.get(url("issues")))
    make.issue(talk, "Två")
    make.issue(talk, "Tre")

    assert count_queries(lambda: at_work.get(url("issues"))) == for_one


def test_without_a_dialogue_the_list_says_what_to_do(ostberga, at_work):
    assert "Ingen dialog pågår" in at_work.get(url("issues")).text

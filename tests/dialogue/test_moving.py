"""An issue moves on the staircase: who, when, why, and what was missing."""

from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connection
from django.urls import reverse

from dialogue.models import Issue, Round
from dialogue.staircase import NEEDS_BODY, NEEDS_PERSPECTIVE, Step
from ostberga.lib.refusal import Refusal
from tests import factories as make


def where(issue):
    return reverse("coordinate:issue-move", args=["ostberga", issue.pk])


def test_an_issue_moves_on_when_nothing_is_missing(ready, ake, browse):
    page = browse(ake).post(where(ready), {"target": 2, "reason": ""})
    change = ready.current_round.changes.get()

    assert page.status_code == 302
    assert (change.from_step, change.to_step, change.by, change.missing) == (1, 2, ake, [])


def test_something_missing_stops_it_beside_the_field(bare, ake, browse):
    page = browse(ake).post(where(bare), {"target": 2, "reason": "Bråttom", "seen": "perspective,body"})
    bare.refresh_from_db()

    assert page.status_code == 422
    assert "Något saknas. Komplettera frågan" in page.text
    assert "Bråttom" in page.text
    assert bare.step == Step.INTERVIEWS


def test_it_moves_all_the_same_with_a_reason_that_everybody_reads(bare, ake, browse, amina):
    typed = {"target": 2, "reason": "Alla vet vad det gäller.", "despite": "on", "seen": "perspective,body"}
    browse(ake).post(where(bare), typed)
    page = amina.get(bare.get_absolute_url()).text

    assert "Alla vet vad det gäller." in page
    assert NEEDS_PERSPECTIVE.text in page


def test_what_came_up_after_the_page_was_read_is_not_accepted(bare, ake, browse):
    typed = {"target": 2, "reason": "Alla vet.", "despite": "on", "seen": "body"}
    page = browse(ake).post(where(bare), typed)

    assert page.status_code == 409
    assert NEEDS_PERSPECTIVE.text in page.text


def test_going_back_needs_a_reason(ready, ake, browse):
    ready.move(Step.REPORT, by=ake)
    page = browse(ake).post(where(ready), {"target": 1, "reason": " "})

    assert page.status_code == 422
    assert "Skriv varför. Den som undrar ska kunna läsa det." in page.text


@pytest.mark.parametrize("code", ["missing", "reason", "not_one_step"])
def test_the_verb_refuses_whoever_asks(bare, ake, code):
    asked = {
        "missing": {"target": Step.REPORT, "reason": "Ändå"},
        "reason": {"target": Step.REPORT, "despite": [NEEDS_PERSPECTIVE, NEEDS_BODY]},
        "not_one_step": {"target": Step.DECISION, "reason": "Fort"},
    }[code]
    with pytest.raises(Refusal) as refused:
        bare.move(**asked, by=ake)
    assert refused.value.code == code


def test_from_the_last_step_a_new_round_begins_and_the_first_is_kept(ready, ake, browse, amina):
    Issue.objects.filter(pk=ready.pk).update(step=Step.IMPLEMENTATION)
    browse(ake).post(where(ready), {"target": 1, "reason": "Vi frågar om det blev bra."})

    assert list(ready.rounds.values_list("number", "cause")) == [(1, ""), (2, "Vi frågar om det blev bra.")]
    assert "Omgång 2 började" in amina.get(ready.get_absolute_url()).text


def test_a_merged_perspective_still_counts_as_one(ready, ake, talk):
    old = ready.perspectives.get()
    old.merged_into = make.perspective(talk.collaboration, ake, "Vi som ser")
    old.save()

    assert ready.missing() == []


def test_a_retired_perspective_does_not_count(ready, ake):
    old = ready.perspectives.get()
    old.retired_at = old.created_at
    old.save()

    assert ready.missing() == [NEEDS_PERSPECTIVE]


@pytest.mark.django_db(transaction=True)
def test_of_two_moves_at_once_one_wins(ready, ake):
    def move(_):
        try:
            return Issue.objects.get(pk=ready.pk).move(Step.REPORT, by=ake).to_step
        except Refusal as refused:
            return refused.code
        finally:
            connection.close()

    with ThreadPoolExecutor(2) as pool:
        assert sorted(map(str, pool.map(move, range(2)))) == ["2", "not_one_step"]
    assert Round.objects.get(issue=ready).changes.count() == 1

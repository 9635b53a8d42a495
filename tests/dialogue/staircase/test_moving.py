"""Moving an issue on the staircase: who, when, why, and what was missing."""

from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connection
from django.urls import reverse

from dialogue.models import Issue, Round, StepChange, round_of
from dialogue.rules.staircase import Requirement, Step
from dialogue.staircase import climbing, gate_facts
from ostberga.lib.refusal import Refusal
from tests import factories as make

NO_PERSPECTIVE = Requirement("perspective", "Frågan vilar inte på något perspektiv ännu.")


def where(issue, name="issue-move"):
    return reverse(f"coordinate:{name}", args=["ostberga", issue.pk])


@pytest.fixture
def at_work(ake, browse):
    return browse(ake)


@pytest.fixture
def last(ready):
    """An issue at the last step."""
    Issue.objects.filter(pk=ready.pk).update(step=Step.IMPLEMENTATION)
    return ready


def test_an_issue_moves_on_when_nothing_is_missing(ready, ake, at_work):
    page = at_work.post(where(ready), {"move": "onward", "reason": ""})
    change = round_of(ready).changes.get()

    assert page.status_code == 302
    assert (change.from_step, change.to_step, change.by, change.missing) == (1, 2, ake, [])


def test_something_missing_stops_it_beside_the_field(bare, at_work):
    page = at_work.post(where(bare), {"move": "onward", "reason": "Bråttom", "seen": "perspective"})
    bare.refresh_from_db()

    assert page.status_code == 422
    assert "Något saknas. Komplettera frågan" in page.text
    assert "Bråttom" in page.text
    assert bare.step == Step.INTERVIEWS


def test_it_moves_all_the_same_with_a_reason_that_everybody_reads(bare, at_work, amina):
    typed = {"move": "onward", "reason": "Alla vet vad det gäller.", "despite": "on", "seen": "perspective"}
    at_work.post(where(bare), typed)
    page = amina.get(bare.get_absolute_url()).text

    assert "Alla vet vad det gäller." in page
    assert NO_PERSPECTIVE.text in page


def test_what_came_up_after_the_page_was_read_is_not_accepted(ready, at_work):
    ready.concerned.all().delete()
    ready.links.all().delete()
    typed = {"move": "onward", "reason": "Alla vet.", "despite": "on", "seen": "body"}
    page = at_work.post(where(ready), typed)

    assert page.status_code == 409
    assert NO_PERSPECTIVE.text in page.text


def test_going_back_needs_a_reason(ready, ake, at_work):
    climbing.climb(issue=ready, by=ake)
    page = at_work.post(where(ready), {"move": "back", "reason": " "})

    assert page.status_code == 422
    assert "Skriv varför. Den som undrar ska kunna läsa det." in page.text


def test_it_goes_one_step_back_with_a_reason(ready, ake, at_work):
    climbing.climb(issue=ready, by=ake)
    at_work.post(where(ready), {"move": "back", "reason": "Vi har missat de unga."})
    change = StepChange.objects.latest("pk")

    assert (change.from_step, change.to_step, change.reason) == (2, 1, "Vi har missat de unga.")


@pytest.mark.parametrize("code", ["missing", "reason", "not_one_step"])
def test_the_verb_refuses_whoever_asks(bare, ake, code):
    act = {
        "missing": lambda: climbing.climb(issue=bare, by=ake, reason="Ändå"),
        "reason": lambda: climbing.climb(issue=bare, by=ake, despite=gate_facts.missing_requirements(bare)),
        "not_one_step": lambda: climbing.step_back(issue=bare, by=ake, reason="Fort"),
    }[code]
    with pytest.raises(Refusal) as refused:
        act()
    assert refused.value.code == code


def test_from_the_last_step_a_new_round_begins_and_the_first_is_kept(last, at_work, amina):
    at_work.post(where(last), {"move": "again", "reason": "Vi frågar om det blev bra."})

    assert list(last.rounds.values_list("number", "cause")) == [(1, ""), (2, "Vi frågar om det blev bra.")]
    assert "Vi frågar om det blev bra." in amina.get(last.get_absolute_url()).text


def test_it_closes_with_an_answer_to_those_who_asked(last, at_work, ake):
    page = at_work.post(where(last, "issue-close"), {"answer_sv": "22 lampor är bytta."})
    now = round_of(last)

    assert page.status_code == 302
    assert (now.answer, now.closed_by) == ({"sv": "22 lampor är bytta."}, ake)


def test_it_does_not_close_without_one(last, at_work):
    page = at_work.post(where(last, "issue-close"), {"answer_sv": " ", "answer_en": "Done"})

    assert (page.status_code, "Done" in page.text) == (422, True)
    assert not round_of(last).is_closed


def test_what_goes_on_is_told_and_closing_despite_it_needs_a_reason(last, ake, at_work):
    make.activity(last, ake)
    typed = {"answer_sv": "Klart.", "despite": "on", "seen": "activity:Byt 22 lampor"}
    page = at_work.post(where(last, "issue-close"), typed)
    done = at_work.post(where(last, "issue-close"), typed | {"reason": "Den sköts av andra nu."})

    assert ("Aktiviteten «Byt 22 lampor» är inte avslutad." in page.text, page.status_code) == (True, 422)
    assert (done.status_code, round_of(last).is_closed) == (302, True)


def test_a_closed_issue_can_only_begin_again(last, ake, at_work):
    climbing.close(issue=last, by=ake, answer={"sv": "Klart."})
    page = at_work.get(where(last)).text

    assert ("⇌ En ny omgång" in page, "Tillbaka till steg" in page) == (True, False)


def test_a_merged_perspective_still_counts_as_one(ready, ake, talk):
    old = ready.perspectives.get()
    old.merged_into = make.perspective(talk.collaboration, ake, "Vi som ser")
    old.save()

    assert gate_facts.missing_requirements(ready) == []


def test_a_retired_perspective_does_not_count(ready):
    old = ready.perspectives.get()
    old.retired_at = old.created_at
    old.save()

    assert [requirement.text for requirement in gate_facts.missing_requirements(ready)] == [NO_PERSPECTIVE.text]


@pytest.mark.django_db(transaction=True)
def test_of_two_moves_at_once_one_wins(ready, ake):
    Issue.objects.filter(pk=ready.pk).update(step=Step.REPORT)

    def move(_):
        try:
            issue = Issue.objects.get(pk=ready.pk)
            return climbing.climb(
                issue=issue, by=ake, reason="Ändå", despite=gate_facts.missing_requirements(issue)
            ).to_step
        except Refusal as refused:
            return refused.code
        finally:
            connection.close()

    with ThreadPoolExecutor(2) as pool:
        assert sorted(map(str, pool.map(move, range(2)))) == ["3", "missing"]
    assert Round.objects.get(issue=ready).changes.count() == 1

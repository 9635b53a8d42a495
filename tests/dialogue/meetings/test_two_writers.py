"""Concurrent writes to the same minutes, each on its own database connection: no text is lost, none is too late."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from typing import Any

import pytest
from django.db import connection

from dialogue.meetings import approving, handing_over, minute_items
from dialogue.models import Meeting, MinuteItem
from dialogue.rules.minutes_approval import Phase
from ostberga.lib.refusal import Refusal
from tests.dialogue.group_setup import all_there, say, seat

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def opened(meeting, ake):
    minute_items.open_minutes(meeting=meeting, by=ake)
    return meeting


def at_once(*acts: Callable[[], Any]) -> list[str]:
    """Run all acts at the same time. Returns «done» or the code of the refusal for each, in the order of the acts."""
    ready = Barrier(len(acts))

    def run(act: Callable[[], Any]) -> str:
        try:
            ready.wait()
            act()
        except Refusal as refused:
            return refused.code
        finally:
            connection.close()
        return "done"

    with ThreadPoolExecutor(len(acts)) as pool:
        return list(pool.map(run, acts))


def writes(meeting, by, text, key=None, base=0):
    """An act that saves a line from the writer's own copy of the meeting."""
    mine = Meeting.objects.get(pk=meeting.pk)
    return lambda: say(mine, by, text, key, base)


def standing(meeting):
    return {item.text for item in meeting.items.standing()}


@pytest.mark.parametrize("attempt", range(4))
def test_two_in_the_same_line_both_stand(opened, berit, tova, attempt):
    key = say(opened, berit, "Mörkt").item.pk
    acts = writes(opened, berit, "Mörkt vid skolan", key, 1), writes(opened, tova, "Mörkt i parken", key, 1)

    assert at_once(*acts) == ["done", "done"]
    assert standing(opened) == {"Mörkt vid skolan", "Mörkt i parken"}
    assert opened.items.filter(beside=key).count() == 1


def test_many_new_lines_at_once_all_stand_in_an_order_of_their_own(opened, berit, tova):
    acts = [writes(opened, who, f"{who.name} {number}") for number in range(3) for who in (berit, tova)]

    assert at_once(*acts) == ["done"] * 6
    assert len(set(opened.items.values_list("position", flat=True))) == 6


def test_the_same_new_line_sent_twice_at_once_is_stored_once(opened, berit):
    key = "7b1f7f5e-5f5b-4a8e-9a3f-0c1d2e3f4a5b"
    acts = [writes(opened, berit, "Mörkt", key) for _ in range(2)]

    assert at_once(*acts) == ["done", "done"]
    assert MinuteItem.objects.get().version == 1


@pytest.mark.parametrize("attempt", range(4))
def test_a_line_is_in_the_minutes_before_they_are_handed_over_or_refused(opened, berit, tova, attempt):
    say(opened, berit, "Mörkt")
    all_there(opened)
    mine = Meeting.objects.get(pk=opened.pk)
    handed, written = at_once(lambda: handing_over.hand_over(meeting=mine, by=berit), writes(opened, tova, "Sent"))

    assert handed == "done"
    assert ("Sent" in standing(opened)) == (written == "done")


@pytest.mark.parametrize("attempt", range(4))
def test_two_last_approvals_at_once_lock_once_and_no_line_slips_in(opened, berit, ake, tova, attempt):
    say(opened, berit, "Mörkt")
    all_there(opened)
    handing_over.hand_over(meeting=opened, by=berit)
    pages = [Meeting.objects.get(pk=opened.pk) for _ in range(2)]
    hers, other = seat(opened, "resident"), seat(opened, "resident", 2)
    results = at_once(
        lambda: approving.approve(meeting=pages[0], seat=hers, by=berit),
        lambda: approving.approve(meeting=pages[1], seat=other, by=ake),
        writes(opened, tova, "Sent"),
    )
    opened.refresh_from_db()

    assert (results[:2], results[2].startswith("not_open"), opened.phase) == (["done", "done"], True, Phase.LOCKED)
    assert standing(opened) == {"Mörkt"}

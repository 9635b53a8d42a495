"""Minutes with as many lines as they have room for: every button works, and one line more is refused in words."""

from urllib.parse import urlencode
from uuid import uuid4

import pytest
from django.urls import reverse

from dialogue.meetings import calling, handing_over, minute_items
from dialogue.meetings.agenda import Point
from dialogue.meetings.calling import MOST_POINTS
from dialogue.meetings.minute_items import MOST_CHARACTERS, MOST_LINES, MinutesFull
from dialogue.models import MinuteItem
from dialogue.rules.minutes_approval import Phase
from ostberga.lib.refusal import Refusal
from tests.dialogue.group_setup import all_there, say
from tests.forms_by_hand import form_to

# Each line is flagged, so that each has a box to tick, and is as large as can be when it is sent: 12 bytes a letter.
LONG = "Ring 070-174 06 12 " + "😀" * (MOST_CHARACTERS // MOST_LINES - 19)


@pytest.fixture
def full(meeting, ake):
    """Open minutes at their limit: lines, letters and points."""
    calling.add_points(meeting=meeting, points=[Point(f"Punkt {n}") for n in range(MOST_POINTS - 2)], by=ake)
    minute_items.open_minutes(meeting=meeting, by=ake)
    all_there(meeting)
    lines = [MinuteItem(pk=uuid4(), meeting=meeting, position=n, text=LONG, version=1) for n in range(MOST_LINES)]
    for line in lines:
        line.edited_by, line.edited_at = ake, meeting.begun_at
    MinuteItem.objects.bulk_create(lines)
    return meeting


def send(browser, form, **more):
    """Press a button as a browser does without its script: everything on the page is sent."""
    body = urlencode(form.typed(more), doseq=True)
    return browser.post(form.action, body, content_type="application/x-www-form-urlencoded")


def test_full_minutes_are_saved_crossed_out_and_handed_over(full, berit, browse):
    browser, path, first = browse(berit), reverse("my-meeting", args=[full.pk]), full.items.first()
    form = form_to(browser.get(path), path)
    struck = send(browser, form, gor=f"stryk {first.pk}")
    asked = send(browser, form, gor="klart")
    tokens = [flag.token for flags in asked.context["editor"].missing.flags.values() for flag in flags]
    done = send(browser, form, gor="klart", bekraftat=tokens)
    full.refresh_from_db()

    assert [struck.status_code, asked.status_code, done.status_code] == [302, 422, 302]
    assert (len(tokens), full.items.standing().count(), full.phase) == (MOST_LINES - 1, MOST_LINES - 1, Phase.WAITING)


def test_one_line_more_is_refused_beside_what_was_typed(full, berit, browse):
    browser, path, key = browse(berit), reverse("my-meeting", args=[full.pk]), uuid4()
    new = {"rad": [str(key)], f"{key}-base": 0, f"{key}-text": "Och en till.", f"{key}-kind": "note"}
    page = browser.post(path, new)
    live = browser.post(reverse("minutes-line", args=[full.pk, key]), new)

    assert (page.status_code, live.status_code, full.items.count()) == (422, 422, MOST_LINES)
    assert "Och en till." in page.text
    assert all(f"har redan {MOST_LINES} rader" in words for words in (page.text, live.json()["errors"][0]))


def test_a_longer_text_is_refused_and_a_shorter_is_not(full, berit):
    line = full.items.first()
    with pytest.raises(MinutesFull, match="150 000 tecken"):
        say(full, berit, f"{LONG}!", key=line.pk, base=1)

    assert say(full, berit, "Kort.", key=line.pk, base=1).version == 2


def test_striking_makes_room_once_and_not_for_ever(full, berit):
    line = full.items.first()
    minute_items.strike_line(item=line, by=berit)
    say(full, berit, "Ny.")
    with pytest.raises(MinutesFull, match="300 rader"):
        minute_items.restore_line(item=line, by=berit)
    more = [MinuteItem(meeting=full, position=n, removed_at=full.begun_at) for n in range(MOST_LINES)]
    for struck in more:
        struck.pk, struck.edited_by, struck.edited_at = uuid4(), line.edited_by, full.begun_at
    MinuteItem.objects.bulk_create(more)
    minute_items.strike_line(item=full.items.standing().first(), by=berit)

    with pytest.raises(MinutesFull, match="600 rader, de strukna"):
        say(full, berit, "Ännu en.")


def test_a_text_is_searched_for_names_once_however_often_the_page_is_shown():
    handing_over.find_privacy_flag.cache_clear()
    for _ in range(3):
        handing_over.find_privacy_flag("Ring Anna.")

    assert handing_over.find_privacy_flag.cache_info().misses == 1


def test_an_agenda_has_room_for_fifty_points(meeting, ake):
    with pytest.raises(Refusal, match="50 punkter"):
        calling.add_points(meeting=meeting, points=[Point("En till")] * (MOST_POINTS - 1), by=ake)

    assert meeting.agenda.count() == 2

"""The boxes of the coordinator's week: what is late first, and days in words."""

import datetime as dt

import pytest

from dialogue.rules.week_boxes import WeekRow, build_boxes, day_in_words, due_in_words, since_in_words

TODAY = dt.date(2026, 11, 25)


def row(what, *, day=None, late=False, **more):
    return WeekRow(what, order=day and TODAY + dt.timedelta(days=day), is_late=late, **more)


def names(boxes):
    return [box.name for box in boxes]


def test_boxes_with_something_late_come_first_and_empty_ones_not_at_all():
    boxes = build_boxes(
        "ostberga", [("a", "A", [row("x")]), ("b", "B", []), ("c", "C", [row("y", late=True)]), ("d", "D", [row("z")])]
    )

    assert names(boxes) == ["c", "a", "d"]
    assert (boxes[0].title, boxes[0].slug, boxes[0].late_count) == ("C", "ostberga", 1)


def test_in_a_box_late_rows_come_first_then_the_earliest_day_and_those_without_a_day_last():
    rows = [row("utan dag"), row("sedan", day=3), row("snart", day=1), row("sent", day=2, late=True)]
    box = build_boxes("ostberga", [("a", "A", rows)])[0]

    assert [each.what for each in box.rows] == ["sent", "snart", "sedan", "utan dag"]
    assert box.late_count == 1


def test_ten_rows_are_shown_unless_the_whole_box_is_asked_for():
    rows = [row(str(number), link=lambda: "/x/") for number in range(11)]
    few, all_rows = (build_boxes("ostberga", [("a", "A", rows)], whole)[0] for whole in ("", "a"))

    assert (len(few.visible_rows), few.has_more, few.is_whole) == (10, True, False)
    assert (len(all_rows.visible_rows), all_rows.has_more, all_rows.is_whole) == (11, False, True)
    assert not build_boxes("ostberga", [("a", "A", rows[:10])])[0].has_more


def test_a_row_leads_to_the_page_where_it_is_done():
    assert row("x", where="issue", key=7).address("ostberga") == "/samordna/ostberga/fragor/7/"
    assert row("x", where="issues").address("ostberga") == "/samordna/ostberga/fragor/"
    assert row("x", link=lambda: "/mitt/").address("ostberga") == "/mitt/"
    box = build_boxes("ostberga", [("a", "A", [row("x", where="issues")])])[0]
    assert box.visible_rows == [(box.rows[0], "/samordna/ostberga/fragor/")]


@pytest.mark.parametrize(
    ("on", "words"),
    [
        (None, ""),
        (TODAY, "senast i dag"),
        (TODAY + dt.timedelta(days=1), "senast i morgon"),
        (TODAY + dt.timedelta(days=2), "senast 27 november"),
        (dt.date(2027, 1, 2), "senast 2 januari 2027"),
        (TODAY - dt.timedelta(days=1), "skulle ha kommit 24 november"),
        (dt.date(2025, 12, 31), "skulle ha kommit 31 december 2025"),
    ],
)
def test_when_something_is_due_is_said_in_words(on, words):
    assert due_in_words(on, TODAY) == words


def test_since_when_something_waits_is_said_in_words():
    assert since_in_words(None, TODAY) == ""
    assert since_in_words(dt.date(2026, 10, 3), TODAY) == "sedan 3 oktober"
    assert day_in_words(dt.date(2025, 10, 3), TODAY) == "3 oktober 2025"

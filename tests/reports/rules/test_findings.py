"""Findings: chapters, what is missing for publishing, and that what was frozen can be read back."""

from dataclasses import replace

import pytest

from reports.rules.findings import HeardRow, HeardTable, TranslatedSummary, from_json
from tests.reports.rules.sample import DARK, LIGHT, QUOTE, THEME, WHOLE, findings


def test_the_chapters_are_eleven_in_the_order_of_the_method():
    assert [(chapter.number, chapter.anchor) for chapter in WHOLE.chapters] == [
        (1, "sammanfattning"), (2, "bakgrund"), (3, "metod"), (4, "horda"), (5, "teman"), (6, "samband"),
        (7, "paverka"), (8, "begransningar"), (9, "avstamning"), (10, "nasta-steg"), (11, "bilagor"),
    ]  # fmt: skip
    assert [chapter.title for chapter in WHOLE.chapters] == [
        "Sammanfattning", "Bakgrund och uppdrag", "Så gjorde vi", "Vilka vi har hört – och vilka som saknas",
        "Teman och perspektiv", "Samband mellan teman", "Vad som går att påverka, och av vem",
        "Vad rapporten inte kan säga", "Avstämning: har vi missat något?", "Nästa steg", "Bilagor",
    ]  # fmt: skip


def test_a_chapter_of_text_holds_its_text():
    texts = ("summary", "background", "method", "connections", "can_influence", "limitations", "next_steps")
    told = findings(**{name: name for name in texts})

    assert [chapter.text for chapter in told.chapters if chapter.text] == list(texts)


@pytest.mark.parametrize(
    ("quote", "source"),
    [
        (QUOTE, "Boende"),
        (replace(QUOTE, role=""), ""),
        (replace(QUOTE, is_translated=True), "Boende · översatt"),
        (
            replace(QUOTE, role="", is_translated=True, is_machine_translated=True),
            "Översatt av maskin, granskat av en människa",
        ),
        (replace(QUOTE, is_altered=True), "Boende · ändrat för anonymitet"),
    ],
)
def test_under_a_quote_stands_whose_voice_it_is_and_what_was_done_to_it(quote, source):
    assert quote.source == source


def test_every_quote_is_given_in_order():
    assert list(WHOLE.quotes()) == [*LIGHT.quotes, *DARK.quotes]
    assert THEME.perspectives == (LIGHT, DARK)


def test_two_sides_are_a_polarity_and_much_text_does_not_fit_beside():
    block = THEME.blocks[0]
    long = replace(LIGHT, quotes=(replace(QUOTE, text="x" * 1200, translation="y" * 1200),))

    assert (block.is_polarity, replace(block, perspectives=(LIGHT,)).is_polarity) == (True, False)
    assert [replace(block, perspectives=(each,)).is_long for each in (LIGHT, long)] == [False, False]
    assert replace(block, perspectives=(LIGHT, long)).is_long


def test_the_longest_bar_is_the_largest_number_and_at_least_one():
    rows = tuple(HeardRow(str(number), "", number, "") for number in (None, 0, 7))
    table = HeardTable("", "", "", "", rows, "", "")

    assert (table.largest, replace(table, rows=()).largest) == (7, 1)


def test_a_summary_has_its_heading_in_its_language():
    assert TranslatedSummary("en", "").heading == "Summary in English"
    assert TranslatedSummary("xx", "").heading == "xx"


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({}, "Vi frågade dem som läste ett utkast: Har vi missat något?"),
        (
            {"comments": (), "comments_waiting": 1},
            "Vi frågade dem som läste ett utkast: Har vi missat något? "
            "Synpunkterna var inte behandlade när den här versionen gjordes.",
        ),
        (
            {"comments": (), "readers_asked": 1},
            "Vi frågade dem som läste ett utkast: Har vi missat något? "
            "När den här versionen gjordes hade ingen lämnat någon synpunkt.",
        ),
        (
            {"comments": ()},
            "Ingen hade fått läsa ett utkast när den här versionen gjordes. Har vi missat något, hör gärna av dig.",
        ),
    ],
)
def test_what_is_said_of_the_readers_is_true(changes, words):
    assert findings(**changes).reading_note == words


def test_what_residents_can_not_do_without_is_named():
    bare = replace(THEME, title="Bussen", blocks=())

    assert WHOLE.missing_for_publishing() == ""
    assert findings(themes=()).missing_for_publishing() == "perspektiv"
    assert findings(themes=(THEME, bare)).empty_themes == ("Bussen",)
    assert findings(themes=(THEME, bare)).missing_for_publishing() == "perspektiv under temat Bussen"
    assert findings(summary="", method="", themes=()).missing_for_publishing() == "sammanfattning, metod och perspektiv"
    assert findings(summary="", themes=()).missing_for_publishing() == "sammanfattning och perspektiv"


def test_what_was_frozen_is_read_back_and_has_the_same_checksum():
    plain = WHOLE.to_json()
    again = from_json(plain)

    assert again == WHOLE
    assert again.checksum == WHOLE.checksum
    assert len(WHOLE.checksum) == 64
    assert findings(title="Å").checksum != WHOLE.checksum


def test_an_older_schema_lacks_only_what_has_a_default():
    plain = WHOLE.to_json()
    del plain["readers_asked"]

    assert from_json(plain) == WHOLE
    del plain["title"]
    with pytest.raises(KeyError):
        from_json(plain)

"""Statements are always escaped text: they cannot fetch, style, break or crash the report."""

import io

import pytest
from docx import Document
from pypdf import PdfReader

from actors.models import User
from reports.models import ReportVersion
from reports.publishing.version_requests import request_version
from reports.rendering import render_job
from tests.reports.conftest import ReportStory, say

pytestmark = pytest.mark.django_db

HOSTILE = [
    "<script>alert(1)</script><b>fet</b>",
    "url(file:///etc/passwd)",
    "<img src=http://example.com/a.png>",
    "</blockquote></section><style>@page{size:1cm}</style>",
    "{{ f.title }}{% load static %}",
]


def make_with(story: ReportStory, ake: User, *texts: str) -> ReportVersion:
    placed = story.report.chosen_themes.get().chosen_perspectives.get(perspective=story.lamps)
    for place, text in enumerate(texts, start=9):
        placed.quotes.create(statement=say(story.wave, ake, text, story.lamps), position=place)
    version = request_version(story.report, ake)
    render_job.render_version(version.pk)
    version.refresh_from_db()
    return version


def test_markup_is_printed_as_it_was_written(written: ReportStory, ake: User) -> None:
    version = make_with(written, ake, *HOSTILE)

    assert version.error == ""
    with version.pdf.open() as stored:
        text = "".join(page.extract_text() for page in PdfReader(io.BytesIO(stored.read())).pages)
    tight = "".join(text.split())  # a narrow column breaks lines anywhere
    assert [words for words in HOSTILE if "".join(words.split()) not in tight] == []
    with version.docx.open() as stored:
        paragraphs = [paragraph.text for paragraph in Document(io.BytesIO(stored.read())).paragraphs]
    assert [words for words in HOSTILE if words not in paragraphs] == []


@pytest.mark.parametrize("text", ["x" * 20_000, "Ett ord till. " * 1_430], ids=["one word", "many words"])
def test_twenty_thousand_letters_fit_on_many_pages(written: ReportStory, ake: User, text: str) -> None:
    version = make_with(written, ake, text)

    assert version.error == ""
    with version.pdf.open() as stored:
        pages = PdfReader(io.BytesIO(stored.read())).pages
        assert sum(page.extract_text().count(text[0]) for page in pages) > 1_400


def test_signs_that_no_file_can_hold_are_left_out(written: ReportStory, ake: User) -> None:
    version = make_with(written, ake, "Före\x0bvid\x1fefter")

    assert (version.error, [q.text for q in version.frozen.quotes()][-2:][0]) == ("", "Förevidefter")

"""A part that is swapped in equals the same part of a fresh page; each part that a view names is among those tried."""

import re

import pytest
from django.test.html import Element, parse_html
from django.urls import reverse

from reports.composing import new_report
from reports.downloads.ordering import order_file
from reports.publishing.version_requests import request_version
from surveys.models import Attachment
from tests import factories as make
from tests.house.files import OUR_APPS, ROOT

# Django masks the token differently on each page.
TOKEN = re.compile(r"""(csrfmiddlewaretoken" value="|formular" value="|x-csrftoken": ")[\w:-]+""")
SWAPPED = ["interviews_found", "statements_found", "coding_attachments", "coding_hits", "version", "export"]


@pytest.fixture
def addresses(ostberga, talk, autumn, ake):
    """The page that each part stands on, with something in it."""
    statement = make.statement(autumn, "Mer ljus.", by=ake)
    lamps = make.perspective(ostberga, ake)
    make.perspective(ostberga, ake, "Vi som vill ha bänkar")
    Attachment.objects.create(statement=statement, perspective=lamps, attached_by=ake)
    make.interview(autumn, ake, place="Biblioteket")
    make.theme(ostberga).placements.create(perspective=lamps)
    version = request_version(new_report.create_report(dialogue=talk, wave=autumn, title="Så säger vi", by=ake), ake)
    export = order_file(collaboration=ostberga, table="beslut", format_="csv", by=ake)
    bench = reverse("coordinate:coding-source", args=[ostberga.slug, "svar", statement.answer_id])
    return {
        "interviews_found": reverse("coordinate:interviews", args=[ostberga.slug]) + "?satt=individual",
        "statements_found": reverse("coordinate:statements", args=[ostberga.slug]),
        "coding_attachments": bench,
        "coding_hits": f"{bench}?koppla=bänkar",
        "export": reverse("coordinate:take-out-state", args=[ostberga.slug, export.pk]),
        "version": reverse("coordinate:report-version", args=[ostberga.slug, version.pk]),
    }


def tree(response) -> Element:
    return parse_html(TOKEN.sub(r"\1", response.text))


@pytest.mark.parametrize("part", SWAPPED)
def test_a_swapped_part_equals_the_same_part_of_a_fresh_page(part, addresses, ake, browse):
    browser = browse(ake)
    whole = browser.get(addresses[part])
    swapped = browser.get(addresses[part], headers={"HX-Request": "true", "HX-Target": part})

    assert f'id="{part}"' in swapped.text
    assert "<html" not in swapped.text
    assert tree(whole).count(tree(swapped)) == 1


def test_what_is_swapped_in_after_an_act_equals_the_page_afterwards(addresses, ake, browse):
    browser, page = browse(ake), addresses["coding_attachments"]
    act = page.replace("?", "koppla/?") if "?" in page else f"{page}koppla/"
    target = {"HX-Request": "true", "HX-Target": "coding_attachments"}
    swapped = browser.post(act, {"nytt": "Vi som går här"}, headers=target)

    assert "Vi som går här" in swapped.text
    assert tree(browser.get(page)).count(tree(swapped)) == 1


def test_every_part_that_a_view_names_is_tried_here():
    views = [path.read_text() for app in OUR_APPS for path in (ROOT / app).rglob("views/*.py")]
    rows = [row for text in views for row in re.findall(r"(?:parts ?= ?|PARTS = )\(([^)]*)\)", text)]
    named = {name for row in rows for name in re.findall(r'"_(\w+)"', row)}

    assert named == set(SWAPPED)


def test_every_target_in_a_template_is_such_a_part():
    texts = [path.read_text() for path in (ROOT / "templates").rglob("*.html")]
    wanted = {name for text in texts for name in re.findall(r'hx-target="#(\w+)"', text)}

    assert wanted <= set(SWAPPED)

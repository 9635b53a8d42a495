"""What each helper may do: these verbs, and no other; the doors of her pages are in tests/house/helping.py."""

import re

import pytest

from actors.rules.helping import OPENS, HelperTask
from ostberga.lib.authorization import MAY_NOT
from tests.forms_by_hand import forms_on
from tests.house import addresses, doors
from tests.house.helping import HELPERS_PAGES
from tests.house.test_verbs import attempt, tried
from tests.house.verbs.world import World

MAY = {
    "interviewer": {"surveys.collecting.interviewing": {"register_interview"}},
    "coder": {
        "surveys.codebook.perspectives": {"attach", "create_perspective"},
        "surveys.statements.cutting": {"cut_statement", "split_source", "get_or_create_whole", "finish_source"},
        "surveys.statements.reviewing": {"confirm", "quarantine", "set_aside"},
        "surveys.statements.undoing": {"undo_last"},
        "surveys.piles.second_coding": {"code_again"},
    },
    "communicator": {
        "dialogue.models.issue": {"Issue.describe"},
        "dialogue.public_texts.writing": {"write_texts"},
        "dialogue.activities.activity_lifecycle": {"add_news"},
    },
    "reader": {},
}


@pytest.fixture
def world(db, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    return World()


@pytest.mark.parametrize("person", MAY)
def test_a_helper_may_do_what_is_listed_and_nothing_else(world, person):
    allowed = {verb.name for verb in tried() if not attempt(verb, world, person).startswith(MAY_NOT)}

    assert sorted(allowed) == sorted(f"{room}.{name}" for room, names in MAY[person].items() for name in names)


def test_every_task_has_its_words_and_its_helper():
    assert all(task.may and OPENS[task] for task in HelperTask)
    assert len(MAY) == len(HelperTask)


STAFF_LINK = re.compile(r'href="(/(?:samordna|mitt)/[^"#]*)"')
POSTS = {"reader": set(), "communicator": {"dialogue-texts", "issue-texts"}}  # the pages that she sends


@pytest.mark.parametrize("role", ["communicator", "reader"])
def test_a_helpers_pages_lead_only_where_she_comes_in_and_have_only_the_forms_she_may_send(db, browse, role):
    """The pages are the coordinator's, with what she alone does left out."""
    district = doors.build()
    browser = browse(district.people[role])
    named = {each.name: each for each in addresses.ours() if role in HELPERS_PAGES.get(each.name, ())}
    pages = {name: browser.get(district.path_to(each)) for name, each in named.items()}
    shown = {name: page for name, page in pages.items() if page.headers["Content-Type"].startswith("text/html")}

    links = {link.replace("&amp;", "&") for page in shown.values() for link in STAFF_LINK.findall(page.text)}
    sent = {name for name, page in shown.items() if any(_writes(form) for form in forms_on(page, "/"))}

    assert (len(shown) > 2, len(links) > 5) == (True, True)
    assert [link for link in sorted(links) if browser.get(link, follow=True).status_code != 200] == []
    assert sent == POSTS[role]


def _writes(form):
    return "/konto/" not in form.action

"""Only the coordinator may open the coordinator's pages of the dialogue."""

import pytest
from django.urls import reverse

WITH_DIALOGUE = ["dialogue", "dialogue-make-current", "steps"]
WITH_ISSUE = [
    "issue", "issue-texts", "issue-perspectives", "issue-bodies", "issue-move", "issue-place", "issue-publish",
]  # fmt: skip
ALONE = ["home", "dialogues", "dialogue-new", "issues", "issue-new"]


@pytest.fixture(params=[*ALONE, *WITH_DIALOGUE, *WITH_ISSUE, "steps-round"])
def door(request, ready, talk):
    name = request.param
    key = [talk.pk] if name in WITH_DIALOGUE else [ready.pk] if name in WITH_ISSUE else []
    return reverse(f"coordinate:{name}", args=["ostberga", *([talk.pk, 1] if name == "steps-round" else key)])


def test_whoever_has_not_signed_in_is_asked_to(door, amina):
    assert amina.get(door).headers["Location"].startswith("/konto/")


def test_it_does_not_exist_for_others(door, browse, stranger, tova, elsewhere):
    for browser in (browse(stranger), browse(tova), elsewhere):
        assert {browser.get(door).status_code, browser.post(door).status_code} <= {404, 405}


def test_another_coordinator_does_not_reach_it_through_her_own_address(door, elsewhere):
    assert elsewhere.get(door.replace("/ostberga/", "/annanstans/")).status_code in {200, 404, 405, 409}
    assert "Lamporna" not in elsewhere.get(door.replace("/ostberga/", "/annanstans/")).text


def test_the_coordinator_opens_it(door, browse, ake):
    assert browse(ake).get(door).status_code in {200, 405}

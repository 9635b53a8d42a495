"""A written table of who may come in where, held against what happens when each of them tries."""

import pytest

from tests.house import addresses, doors

pytestmark = pytest.mark.django_db
# An address whose last piece is a secret or a code opens for whoever holds it; other tests try those.
BY_KEY = {"<str:token>", "<str:secret>", "<uuid:pk>", "<uuid:key>"}
# A picture needs a file, and a choice of results its words: they are tried in tests/dialogue.
TRIED_ELSEWHERE = {"activity-picture", "results-chosen"}


def opened(page):
    """Whether the door opened."""
    asked_to_sign_in = page.status_code == 302 and "/konto/login/" in page.headers["Location"]
    return page.status_code not in (403, 404, 405) and not asked_to_sign_in


@pytest.fixture
def district(db):
    return doors.build()


def ours():
    found = [one for one in addresses.ours() if one.route]
    return [one for one in found if not one.route.startswith(("brev/", "samordna/<slug:slug>/plan/utkast"))]


def test_every_address_of_the_dialogue_has_something_real_in_its_gaps(district):
    open_ones = {one.name: doors.gaps_in(district.path_to(one)) for one in ours() if "dialogue" in one.view.__module__}

    assert {name: gaps for name, gaps in open_ones.items() if set(gaps) - BY_KEY and name not in TRIED_ELSEWHERE} == {}


@pytest.mark.parametrize("role", doors.ROLES[:-1])
def test_who_may_not_is_turned_away_and_nobody_sees_what_is_secret(role, district, browse):
    browser, wrong = browse(district.people[role]), {}
    hidden = set(doors.SECRETS) - doors.KNOWN_TO.get(role, set())
    for address in ours():
        path, shut = district.path_to(address), role not in doors.may(address)
        pages = [browser.get(path), *([browser.post(path)] if shut else [])]
        seen = {secret for page in pages for secret in hidden if secret.encode() in getattr(page, "content", b"")}
        if seen or (shut and any(map(opened, pages))):
            wrong[path] = seen or "kom in"

    assert wrong == {}


@pytest.mark.parametrize("role", doors.ROLES)
def test_who_may_comes_in(role, district, browse):
    browser = browse(district.people[role])
    paths = [district.path_to(one) for one in ours() if role in doors.may(one)]
    real = [path for path in paths if not doors.gaps_in(path)]

    assert [path for path in real if browser.get(path).status_code in (403, 404)] == []

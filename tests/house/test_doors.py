"""The table of who may open which URL, compared with what happens when each role tries."""

import pytest

from tests.house import addresses, doors

pytestmark = pytest.mark.django_db
# A URL that ends with a secret opens for whoever has it; other tests try those.
SECRET_PARAMETERS = {"<str:token>", "<str:secret>", "<uuid:pk>", "<uuid:key>"}
# These need a file or a query; they are tried in tests/dialogue.
TRIED_ELSEWHERE = {"activity-picture", "results-chosen"}


def opened(page):
    """Return whether the page was shown rather than refused or redirected to sign-in."""
    asked_to_sign_in = page.status_code == 302 and "/konto/login/" in page.headers["Location"]
    return page.status_code not in (403, 404, 405) and not asked_to_sign_in


@pytest.fixture
def district(db):
    return doors.build()


def ours():
    routed = [address for address in addresses.ours() if address.route]
    return [
        address for address in routed if not address.route.startswith(("brev/", "samordna/<slug:slug>/plan/utkast"))
    ]


def test_every_address_of_the_dialogue_has_something_real_in_its_gaps(district):
    unfilled = {
        address.name: doors.parameters_in(district.path_to(address))
        for address in ours()
        if "dialogue" in address.view.__module__
    }

    assert {
        name: missing
        for name, missing in unfilled.items()
        if set(missing) - SECRET_PARAMETERS and name not in TRIED_ELSEWHERE
    } == {}


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


# The rows of an import that were not saved are there for whoever made it, until her session ends.
IN_HER_SESSION = "/inte-sparade.xlsx"


@pytest.mark.parametrize("role", doors.ROLES)
def test_who_may_comes_in(role, district, browse):
    browser = browse(district.people[role])
    paths = [district.path_to(address) for address in ours() if role in doors.may(address)]
    real = [path for path in paths if not doors.parameters_in(path) and not path.endswith(IN_HER_SESSION)]

    assert [path for path in real if browser.get(path).status_code in (403, 404)] == []

"""URLs are closed by default: each has a declared audience, and is open to nobody else."""

import re

import pytest
from django.conf import settings
from django.shortcuts import resolve_url

from ostberga.lib.web.secret_links import SECRET_PARTS
from tests.house import addresses
from tests.house.addresses import COORDINATOR, EVERYONE


def test_every_address_has_a_declared_audience():
    assert [address.name for address in addresses.ours() if address.audience is None] == []


def test_an_address_is_open_exactly_when_it_is_for_everyone():
    wrong = {
        address.name: address.audience
        for address in addresses.ours()
        if address.open_to_all != (address.audience == EVERYONE)
    }
    assert wrong == {}


@pytest.mark.django_db
def test_whoever_has_not_signed_in_is_asked_to(client):
    closed = [address.path for address in addresses.ours() if address.audience != EVERYONE]
    answers = {path: client.get(path) for path in closed}
    login = resolve_url(settings.LOGIN_URL)
    assert [path for path, answer in answers.items() if not answer.headers.get("Location", "").startswith(login)] == []


def test_a_stranger_finds_nothing_in_the_coordinators_workshop(browse, stranger, ostberga):
    browser = browse(stranger)
    doors = [address.path for address in addresses.ours(ostberga.slug) if address.audience == COORDINATOR]
    answers = {path: {browser.get(path).status_code, browser.post(path).status_code} for path in doors}
    assert {path: codes for path, codes in answers.items() if not codes <= {404, 405}} == {}


# Views whose link is a key and that are no page to answer on, or that go on to a session.
OTHER_SECRET_LINKS = {
    "welcome": "leads on to an account or to sign-in",
    "welcome-city-login": "leads on to the provider, with a session that waits for its answer",
    "my-calendar-file": "a calendar program fetches it, keeps it and asks whether it has changed",
    "following-stop": "mail programs post to it from another origin (RFC 8058)",
    "reading-picture": "a picture",
}


def test_every_page_behind_a_secret_link_is_one_in_the_same_way():
    """No CSRF token, origin checked, never stored, not indexed: ostberga/lib/web/secret_links.py."""
    secret = re.compile(rf"<(?:\w+:)?(?:{'|'.join(SECRET_PARTS)})>")
    behind = [address for address in addresses.ours() if address.open_to_all and secret.search(address.route)]

    other = {address.name for address in behind if not getattr(address.view, "is_secret_link", False)}
    assert (len(behind) >= 10, other) == (True, set(OTHER_SECRET_LINKS))

"""Closed by default: who each address is for is declared, and true."""

import pytest
from django.conf import settings
from django.shortcuts import resolve_url

from tests.house import addresses
from tests.house.addresses import COORDINATOR, EVERYONE


def test_every_address_has_a_declared_audience():
    assert [one.name for one in addresses.ours() if one.audience is None] == []


def test_an_address_is_open_exactly_when_it_is_for_everyone():
    wrong = {one.name: one.audience for one in addresses.ours() if one.open_to_all != (one.audience == EVERYONE)}
    assert wrong == {}


@pytest.mark.django_db
def test_whoever_has_not_signed_in_is_asked_to(client):
    closed = [one.path for one in addresses.ours() if one.audience != EVERYONE]
    answers = {path: client.get(path) for path in closed}
    login = resolve_url(settings.LOGIN_URL)
    assert [path for path, answer in answers.items() if not answer.headers.get("Location", "").startswith(login)] == []


def test_a_stranger_finds_nothing_in_the_coordinators_workshop(browse, stranger, ostberga):
    browser = browse(stranger)
    doors = [one.path for one in addresses.ours(ostberga.slug) if one.audience == COORDINATOR]
    answers = {path: {browser.get(path).status_code, browser.post(path).status_code} for path in doors}
    assert {path: codes for path, codes in answers.items() if not codes <= {404, 405}} == {}

"""Whether an account exists shows neither in the answer nor in the work done: hashes, queries and letters written."""

import re
from collections import Counter

import pytest
from allauth.account.models import EmailAddress
from django.contrib.auth.hashers import MD5PasswordHasher
from django.db import connection
from django.template.loader import render_to_string
from django.test.utils import CaptureQueriesContext

from actors.letters import outbox
from actors.models import Letter

UNKNOWN = "finns-inte@ostberga.example"
WAYS = [
    ("/konto/login/", {"login": "{}", "password": "ett-fel-lösenord"}),
    ("/konto/password/reset/", {"email": "{}"}),
    ("/konto/login/code/", {"email": "{}"}),
]


@pytest.fixture
def work_of(monkeypatch, browse):
    """A function that posts a form for an address, and returns the answer without the address and the work done."""
    done: Counter[str] = Counter()

    def counted(name, act):
        def call(*args, **kwargs):
            done[name] += 1
            return act(*args, **kwargs)

        return call

    monkeypatch.setattr(MD5PasswordHasher, "encode", counted("hash", MD5PasswordHasher.encode))
    monkeypatch.setattr(outbox, "post", counted("letter", outbox.post))

    def post(path, typed, address):
        browser = browse()
        browser.get(path)
        done.clear()
        with CaptureQueriesContext(connection) as queries:
            answer = browser.post(path, {name: value.format(address) for name, value in typed.items()})
        words = sorted(query["sql"].split()[0] for query in queries if "SAVEPOINT" not in query["sql"])
        page = re.sub(
            r'name="(csrfmiddlewaretoken|formular)" value="[\w:-]+"', "", answer.text.replace(address, "adress")
        )
        page = page.partition("<main")[2]
        return (answer.status_code, answer.headers.get("Location"), page), dict(done), words

    return post


@pytest.fixture
def ake(ake):
    """Åke, whose address is verified as after an invitation."""
    EmailAddress.objects.create(user=ake, email=ake.email, verified=True, primary=True)
    return ake


@pytest.mark.parametrize(("path", "typed"), WAYS)
def test_the_same_answer_and_the_same_work(ake, work_of, path, typed):
    known, unknown = (work_of(path, typed, address) for address in (ake.email, UNKNOWN))

    assert known == unknown


@pytest.mark.parametrize(("path", "typed"), WAYS[1:])
def test_only_who_has_an_account_gets_a_letter(ake, work_of, path, typed):
    for address in (ake.email, UNKNOWN):
        work_of(path, typed, address)

    assert [letter.to for letter in Letter.objects.all()] == [ake.email]


def test_a_password_costs_a_hash_whether_there_is_an_account_or_not(ake, work_of):
    path, typed = WAYS[0]

    assert [work_of(path, typed, address)[1] for address in (ake.email, UNKNOWN)] == [{"hash": 1}, {"hash": 1}]


def test_an_invitation_tells_the_coordinator_nothing_about_accounts_elsewhere(ake, stranger, browse):
    def invite(address):
        page = browse(ake).post("/samordna/ostberga/personer/bjud-in/", {"email": address, "name": "X"}, follow=True)
        assert page.status_code == 200
        return page.text.count("Inbjudan till X är skriven")

    assert (invite(stranger.email), invite(UNKNOWN)) == (1, 1)


def test_the_form_for_a_code_never_says_who_is_here(ake, browse):
    page = browse().post("/konto/login/code/", {"email": UNKNOWN}, follow=True)

    assert "Har finns-inte@ostberga.example ett konto här kommer ett brev" in page.text
    assert browse().post("/konto/login/code/confirm/", {"code": ""}).status_code == 302
    assert render_to_string("account/messages/login_code_sent.txt") == ""

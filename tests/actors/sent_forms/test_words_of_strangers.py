"""What was typed without an account is given back to the browser that typed it, on the page it was typed on."""

import pytest

from actors.models import KeptWords
from actors.sent_forms import keeping
from tests.forms_by_hand import form_to

LOGIN = "/konto/login/"
TYPED = {"login": "anna@example.se", "note": "Ring 08-123 och säg din kod"}


@pytest.fixture
def form(db, browse):
    """A browser that takes cookies, and the form that it was shown without having signed in."""
    browser = browse(enforce_csrf_checks=True)
    return browser, form_to(browser.get(LOGIN), LOGIN)


@pytest.fixture
def kept(form):
    """The browser, and the address where its words are, after a POST whose CSRF token no longer fitted."""
    browser, shown = form
    answer = browser.post(LOGIN, shown.typed({**TYPED, "csrfmiddlewaretoken": "x" * 64}))
    return browser, answer.url


def test_the_browser_itself_gets_them_back(kept):
    browser, address = kept

    assert form_to(browser.get(address), address, LOGIN).fields["login"] == ["anna@example.se"]


def test_nobody_else_who_has_the_address_sees_them(kept, browse):
    _, address = kept
    stranger = browse()
    stranger.get(LOGIN)

    assert "anna@example.se" not in browse().get(address).text
    assert "anna@example.se" not in stranger.get(address).text


def test_they_stand_on_no_other_page(kept):
    browser, address = kept
    key = address.partition("kvar=")[2]

    assert TYPED["note"] in browser.get(f"{LOGIN}?kvar={key}").text
    assert TYPED["note"] not in browser.get(f"/?kvar={key}").text


@pytest.mark.parametrize("path", ["/svara/trivsel/%3Fx/", "/svara/ingenting/", "/konto/finns-inte/"])
def test_nothing_is_kept_of_what_is_sent_anywhere_else(form, path):
    browser, shown = form
    answer = browser.post(path, shown.typed({**TYPED, "nyckel": "11111111-1111-4111-8111-111111111111"}))

    assert (answer.status_code >= 400, KeptWords.objects.count()) == (True, 0)


def test_a_browser_without_cookies_keeps_nothing(form, browse):
    _, shown = form
    browse(enforce_csrf_checks=True).post(LOGIN, shown.typed(TYPED))

    assert not KeptWords.objects.exists()


def test_a_client_keeps_no_more_than_so_many_forms_however_many_cookies_it_makes_up(form, monkeypatch):
    monkeypatch.setattr(keeping, "FORMS_OF_A_STRANGER", 2)
    browser, shown = form
    for number in range(4):
        browser.cookies["csrftoken"] = f"{number:032}"
        answer = browser.post(LOGIN, shown.typed({**TYPED, "csrfmiddlewaretoken": "x" * 64}))

    assert (KeptWords.objects.count(), answer.status_code, TYPED["note"] in answer.text) == (2, 403, True)


def test_long_words_are_measured_in_bytes(form):
    browser, shown = form
    browser.post(LOGIN, shown.typed({"note": "😀" * 10_500, "csrfmiddlewaretoken": "x" * 64}))

    assert KeptWords.objects.count() == 0

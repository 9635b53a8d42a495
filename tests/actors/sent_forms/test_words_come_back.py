"""What somebody typed comes back: her session ended, she signed in in another tab, or the page was refused."""

import datetime as dt
from html import unescape
from urllib.parse import parse_qs, urlsplit

import pytest
from django.test import Client
from django.utils import timezone

from actors.models import KeptWords, SecurityEvent
from actors.sent_forms import keeping
from actors.tasks import forget_sent_forms
from dialogue.models import Issue
from surveys.models import Interview
from tests import clock
from tests import factories as make
from tests.forms_by_hand import form_to

PATH = "/samordna/ostberga/samtal/nytt/"
NOTES = "Vi pratade om <ljus> & mörker.\n\nSen gick vi hem."
PASSWORD = "ostberga-demo"


@pytest.fixture
def written(ake, autumn, browse):
    """Åke's browser, and a conversation that he has typed but not sent."""
    browser = browse(ake, enforce_csrf_checks=True)
    form = form_to(browser.get(PATH), PATH)
    return browser, form.typed({"notes": NOTES, "place": "Biblioteket", "heard_resident": "3", "mode": "group"})


def with_second_factor(browser: Client, user, at: float | None = None) -> None:
    """Sign in, with what a passkey leaves in the session: now, or at another time."""
    browser.force_login(user)
    session = browser.session
    records = [
        {
            "method": "mfa",
            "type": "webauthn",
            "at": timezone.now().timestamp() if at is None else at,
            "reauthenticated": True,
        }
    ]
    session.update({"account_authentication_methods": records, "account_authentication_methods_user": str(user.pk)})
    session.save()


def signed_in_again(browser: Client, user, sent_to_sign_in) -> str:
    """Sign in at the page that the browser was led to, and return where that leads."""
    assert urlsplit(sent_to_sign_in.url).path == "/konto/login/"
    with_second_factor(browser, user)
    return str(parse_qs(urlsplit(sent_to_sign_in.url).query)["next"][0])


def test_a_session_that_ended_costs_nobody_her_words(written, ake):
    browser, typed = written
    browser.cookies.pop("sessionid")

    page_url = signed_in_again(browser, ake, browser.post(PATH, typed))
    page = browser.get(page_url)
    form = form_to(page, page_url, PATH)

    assert Interview.objects.count() == 0
    assert "Det du skrev finns kvar." in page.text
    assert page.headers["Cache-Control"] == "no-store"
    assert {name: form.fields[name] for name in ("notes", "place", "heard_resident", "mode", "submission")} == {
        "notes": [NOTES],
        "place": ["Biblioteket"],
        "heard_resident": ["3"],
        "mode": ["group"],
        "submission": typed["submission"],
    }
    assert browser.post(form.action, form.fields).status_code == 302
    assert Interview.objects.count() == 1
    assert KeptWords.objects.count() == 0


def test_a_sign_in_in_another_tab_leads_back_to_the_form(written, ake):
    browser, typed = written
    typed["csrfmiddlewaretoken"] = ["x" * 64]

    sent = browser.post(PATH, typed, follow=True)

    assert form_to(sent, PATH).fields["notes"] == [NOTES]
    assert Interview.objects.count() == 0


def test_whoever_signs_in_next_in_the_browser_never_sees_them(written, disa):
    browser, typed = written
    browser.cookies.pop("sessionid")
    page_url = signed_in_again(browser, disa, browser.post(PATH, typed))

    assert "mörker" not in browser.get(page_url).text
    assert KeptWords.objects.count() == 1


def test_nothing_is_sent_in_the_name_of_whoever_signed_in_since(written, disa, ake):
    browser, typed = written
    with_second_factor(browser, disa)
    fresh = form_to(browser.get(PATH), PATH)
    typed["csrfmiddlewaretoken"] = fresh.fields["csrfmiddlewaretoken"]

    page = browser.post(PATH, typed)

    assert (page.status_code, "Någon annan har loggat in" in page.text) == (403, True)
    assert "mörker" not in page.text
    assert Interview.objects.count() == 0


def test_a_button_whose_address_takes_only_forms_leads_back_to_its_page(browse, ake, talk):
    issue = make.issue(talk, published_at=None)
    browser, path = browse(ake), f"/samordna/ostberga/fragor/{issue.pk}/"
    form = form_to(browser.get(path), path, f"{path}visa/")
    browser.cookies.pop("sessionid")

    page_url = signed_in_again(browser, ake, browser.post(form.action, form.fields))
    page = browser.get(page_url)

    assert (urlsplit(page_url).path, page.status_code) == (path, 200)
    assert "Kontrollera och skicka" in page.text
    assert Issue.objects.get().published_at is None


def test_a_form_without_a_token_still_leads_to_its_page(browse, ake, talk):
    issue = make.issue(talk, published_at=None)
    path = f"/samordna/ostberga/fragor/{issue.pk}/visa/"

    by_form = browse().post(path, headers={"Referer": f"http://testserver/samordna/ostberga/fragor/{issue.pk}/"})
    by_nobody = browse().post(path, headers={"Referer": "https://annan.example/fragor/"})

    assert by_form.url == f"/konto/login/?next=%2Fsamordna%2Fostberga%2Ffragor%2F{issue.pk}%2F"
    assert by_nobody.url == "/konto/login/?next=%2Fmitt%2F"


def test_a_right_that_was_lost_gives_the_words_back_to_copy(written, ake, ostberga):
    browser, typed = written
    ostberga.appointments.update(ended_on=timezone.localdate())

    refused = browser.post(PATH, typed)

    assert refused.status_code == 404
    assert "Kopiera det du vill ha kvar" in refused.text
    assert "Vi pratade om &lt;ljus&gt; &amp; mörker." in refused.text
    assert "kvar=" not in refused.text


def test_a_lost_reply_and_a_lost_session_together_send_nothing_twice(written, ake):
    browser, typed = written
    browser.post(PATH, typed)  # it arrived, but she never saw the answer
    browser.cookies.pop("sessionid")
    page_url = signed_in_again(browser, ake, browser.post(PATH, typed))

    form = form_to(browser.get(page_url), page_url, PATH)
    browser.post(form.action, form.fields, follow=True)

    assert Interview.objects.count() == 1


def test_the_database_holds_neither_the_words_nor_whose_they_are(written):
    browser, typed = written
    browser.cookies.pop("sessionid")
    browser.post(PATH, typed)

    row = KeptWords.objects.values_list().get()
    assert not [part for part in ("ljus", "Biblioteket", PATH) if part in str(row)]
    assert not [field for field in KeptWords._meta.fields if field.is_relation]


def test_within_the_hour_they_are_gone(written, ake):
    browser, typed = written
    browser.cookies.pop("sessionid")
    page_url = signed_in_again(browser, ake, browser.post(PATH, typed))
    clock.start(clock.moment() + keeping.KEPT_FOR + dt.timedelta(minutes=5))
    with_second_factor(browser, ake)

    forget_sent_forms()

    assert KeptWords.objects.count() == 0
    assert "mörker" not in browser.get(page_url, follow=True).text


def test_no_password_is_ever_kept(browse, ake):
    browser, path = browse(ake, enforce_csrf_checks=True), "/konto/password/change/"
    form = form_to(browser.get(path), path)
    browser.cookies.pop("sessionid")
    sent = browser.post(path, form.typed({"oldpassword": PASSWORD, "password1": "hemligare ord", "password2": "hem"}))

    key = parse_qs(urlsplit(parse_qs(urlsplit(sent.url).query)["next"][0]).query)["kvar"][0]
    browser.force_login(ake)
    request = browser.get(path).wsgi_request
    kept = keeping.find(request, key)

    assert kept is not None
    assert dict(kept.words) == {}


def test_the_other_ways_to_sign_in_lead_back_too(written):
    browser, typed = written
    browser.cookies.pop("sessionid")
    sent = browser.post(PATH, typed)
    page = browser.get(sent.url)
    by_code = next(part for part in unescape(page.text).split('"') if part.startswith("/konto/login/code/"))

    assert parse_qs(urlsplit(by_code).query)["next"] == parse_qs(urlsplit(sent.url).query)["next"]
    assert "kvar=" in browser.get(by_code).text


LOGIN, SKIP = "/konto/login/", "/konto/tva-steg/hoppa-over/"


def sign_in_and_skip(browser: Client, user, page_url: str) -> str:
    """Sign in by the page's own form, press «Hoppa över» at the second step, and return where that leads."""
    form = form_to(browser.get(page_url), page_url, LOGIN)
    led_to = browser.post(form.action, form.typed({"login": user.email, "password": PASSWORD}))
    gate = browser.get(led_to.headers["Location"]).headers["Location"]
    skipped = browser.post(SKIP, form_to(browser.get(gate), gate, SKIP).fields)
    return str(skipped.headers["Location"])


def test_what_was_typed_waits_behind_the_second_step_too(written, ake, settings):
    settings.SECOND_FACTOR = "offered"
    browser, typed = written
    browser.cookies.pop("sessionid")
    page_url = browser.post(PATH, typed).url
    assert "Det du skrev finns kvar" in browser.get(page_url).text

    led_to = sign_in_and_skip(browser, ake, page_url)

    assert led_to.startswith(f"{PATH}?kvar=")
    assert form_to(browser.get(led_to), led_to, PATH).fields["place"] == ["Biblioteket"]


def test_skipping_the_second_step_is_no_form_that_was_lost(ake, settings):
    settings.SECOND_FACTOR = "offered"

    assert sign_in_and_skip(Client(enforce_csrf_checks=True), ake, LOGIN) == "/mitt/"


def test_another_accounts_tab_accuses_nobody(written, tova):
    browser, typed = written
    with_second_factor(browser, tova)

    assert browser.post(PATH, typed).status_code == 403
    assert not SecurityEvent.objects.filter(kind="refused").exists()

"""Limits for each client: nobody is stopped by another, no answer is lost, and no address is kept."""

import datetime as dt
import re
import time
import uuid
from pathlib import Path

import pytest
from django.conf import settings
from django.template import Context, Template
from django.urls import reverse
from django.utils import timezone, translation

from actors.models import Letter
from ostberga.http import proof_of_work
from ostberga.http.request_limits import LIMITS
from ostberga.lib.privacy import known_browser, letter_limit
from ostberga.lib.servers.redis_client import cache_client
from surveys.models import Answer, Response
from tests import clock
from tests.http.clients import at, hidden_fields, solved

pytestmark = pytest.mark.django_db
SCHOOL, HOME = "192.0.2.7", "198.51.100.9"
FREE = LIMITS["answer"].free


def wait(**delta: int) -> None:
    clock.start(timezone.now() + dt.timedelta(**delta))


def texts() -> list[str]:
    return [answer.text for answer in Answer.objects.all()]


@pytest.fixture(autouse=True)
def _cheap(monkeypatch):
    monkeypatch.setattr(proof_of_work, "COST", 2)


@pytest.fixture
def send(form, autumn, talk):
    """Answer the form from an address."""
    door, field = f"/svara/{form.channels.get().code}/", f"q{form.questions.get().pk}"

    def answer(address, words="Mer ljus.", browser=None, **more):
        typed = {"nyckel": str(uuid.uuid4()), field: words, **more}
        return (browser or at(address)).post(door, typed)

    return answer


@pytest.fixture
def crowded(send):
    """The school has sent all that is free."""
    for _number in range(FREE):
        assert send(SCHOOL).status_code == 303


def test_thirty_pupils_answer_from_one_address_within_a_minute(send):
    assert [send(SCHOOL).status_code for _number in range(30)] == [303] * 30
    assert Response.objects.count() == 30


def test_who_goes_on_is_asked_for_work_and_others_are_not(send, crowded):
    page = send(SCHOOL, "Här behövs en bänk.")
    assert (page.status_code, page.headers["Cache-Control"]) == (429, "no-store")
    assert "Här behövs en bänk." in page.text
    assert "hreflang" not in page.text  # another language would be an empty page
    assert send(HOME).status_code == 303
    assert Response.objects.count() == FREE + 1


def test_the_browser_works_and_the_answer_is_there_with_every_word(send, crowded, amina):
    page = send(SCHOOL, 'Ljus & "bänk" <här>')
    browser, door = at(SCHOOL), page.request["PATH_INFO"]
    fields = solved(page.text)
    first = browser.post(door, fields)
    again = browser.post(door, fields | {"nyckel": str(uuid.uuid4())})
    assert (first.status_code, again.status_code) == (303, 429)  # a solution is good for one answer
    assert texts().count('Ljus & "bänk" <här>') == 1


def test_a_solution_is_for_this_client_and_this_form(send, crowded, form):
    fields = solved(send(SCHOOL).text)
    for _number in range(FREE):
        send(HOME)
    assert send(HOME, altcha=fields["altcha"]).status_code == 429
    assert send(SCHOOL, altcha="bm9uc2Vuc2U=").status_code == 429


def test_without_javascript_she_waits_her_turn_and_loses_nothing(send, crowded):
    page = send(SCHOOL, "En bänk till.")
    door, fields = page.request["PATH_INFO"], hidden_fields(page.text)
    early = at(SCHOOL).post(door, fields)
    seconds = int(early.headers["Retry-After"])
    assert (early.status_code, f"Vänta i {seconds} sekunder" in early.text) == (429, True)
    assert hidden_fields(early.text) == fields  # the same turn, and all that was typed
    wait(seconds=seconds)
    assert at(SCHOOL).post(door, fields).status_code == 303
    assert texts().count("En bänk till.") == 1
    assert at(SCHOOL).post(door, fields | {"nyckel": str(uuid.uuid4())}).status_code == 429


def test_turns_come_one_after_the_other_however_many_pages_are_opened(send, crowded):
    began = time.monotonic()
    waits = [int(send(SCHOOL).headers["Retry-After"]) for _number in range(20)]
    assert waits[0] <= 11
    since = time.monotonic() - began  # the turns come nearer while the pages are opened
    assert waits[-1] + since >= waits[0] + 19 * proof_of_work.SPACING - 2


def test_who_goes_on_all_day_pays_more_for_each_answer(send, crowded):
    pages = [send(SCHOOL) for _number in range(101)]
    waits = [int(page.headers["Retry-After"]) for page in pages]
    costs = [int(re.findall(r'"cost": (\d+)', page.text)[0]) for page in pages]
    assert waits[10] - waits[9] <= proof_of_work.SPACING + 1
    assert waits[-1] - waits[-2] >= 6 * proof_of_work.SPACING - 1
    assert costs[-1] == 6 * costs[0]
    assert send(HOME).status_code == 303


def test_empty_sign_ins_stop_nobody_else(tova, crowded_login):
    typed = {"login": tova.email, "password": "ostberga-demo"}
    assert at(SCHOOL).post(reverse("account_login"), typed).status_code == 429
    assert at(HOME).post(reverse("account_login"), typed).status_code == 302


@pytest.fixture
def crowded_login(db):
    for _number in range(LIMITS["account_login"].free):
        at(SCHOOL).post(reverse("account_login"), {})


def test_the_page_keeps_the_address_and_never_the_password(tova, crowded_login):
    page = at(SCHOOL).post(reverse("account_login"), {"login": tova.email, "password": "hemligt-ord"})
    assert (tova.email in page.text, "hemligt-ord" in page.text) == (True, False)
    assert 'type="password"' in page.text
    opened = at(SCHOOL).post(reverse("account_login"), solved(page.text) | {"password": "ostberga-demo"})
    assert opened.status_code == 302


def test_nobody_locks_another_out_of_her_account(tova):
    hers = at(HOME)
    hers.post(reverse("account_login"), {"login": tova.email, "password": "ostberga-demo"})
    hers.post(reverse("account_logout"))
    for number in range(40):
        at(f"203.0.113.{number % 5}").post(reverse("account_login"), {"login": tova.email, "password": f"fel{number}"})
    typed = {"login": tova.email, "password": "ostberga-demo"}
    assert hers.post(reverse("account_login"), typed).status_code == 302
    elsewhere = at("203.0.113.200").post(reverse("account_login"), typed)  # a browser that nobody knows works a second
    assert elsewhere.status_code == 429
    opened = at("203.0.113.200").post(reverse("account_login"), solved(elsewhere.text) | typed)
    assert opened.status_code == 302


def test_guessing_receipts_stops_the_guesser_alone(db):
    guesses = [at(SCHOOL).post("/kvitto/", {"kod": f"7K2MX-9DH{number:02}"}) for number in range(31)]
    assert [page.status_code for page in guesses] == [422] * 30 + [429]
    assert at(HOME).post("/kvitto/", {"kod": "7K2MX-9DHQ4"}).status_code == 422


CROSS_SITE = {"Sec-Fetch-Site": "cross-site"}
TRICKS = {
    "another site": (CROSS_SITE, {}),
    "a field without a name": ({}, {"": "1"}),
    "a script": ({"X-Requested-With": "XMLHttpRequest"}, {}),
    "a script for data": ({"Accept": "application/json"}, {}),
}


@pytest.mark.parametrize("trick", TRICKS)
@pytest.mark.parametrize("name", LIMITS)
def test_nothing_of_the_clients_own_passes_uncounted(name, trick, arguments, tova):
    """What says that another site sent it is counted, or refused before it can do anything; and so are other tricks."""
    headers, more = TRICKS[trick]
    path = reverse(name, args=arguments.get(name, []))
    typed = {"login": tova.email, "email": tova.email, "password": "fel", "kod": "7K2MX-9DH01", **more}
    sent = []
    for number in range(LIMITS[name].free + 1):
        browser = at(SCHOOL)
        if name == "account_confirm_login_code":
            address = f"203.0.113.{number}"
            browser.post(reverse("account_request_login_code"), {"email": tova.email}, REMOTE_ADDR=address)
        sent.append(getattr(browser, LIMITS[name].method.lower())(path, typed, headers=headers))
    statuses = {page.status_code for page in sent}
    assert "provider_id" not in sent[0].resolver_match.kwargs or sent[0].status_code == 200  # it leads on to there
    # A page that is gone, as that of founding is here, does nothing for anybody.
    assert statuses in ({403}, {410}) or sent[-1].status_code == 429


def test_another_site_spends_no_visitors_times(send, form, talk):
    for _number in range(FREE + 1):
        door = f"/svara/{form.channels.get().code}/"
        assert at(SCHOOL).post(door, {"nyckel": str(uuid.uuid4())}, headers=CROSS_SITE).status_code == 403
    assert send(SCHOOL).status_code == 303


def test_three_letters_a_day_to_one_address_and_the_page_never_tells(tova):
    pages = [
        at(f"203.0.113.{number}").post(reverse("account_reset_password"), {"email": tova.email}) for number in range(6)
    ]
    assert Letter.objects.filter(to=tova.email).count() == 3
    assert {(page.status_code, page.headers["Location"]) for page in pages} == {
        (302, reverse("account_reset_password_done"))
    }
    wait(days=1)
    at(HOME).post(reverse("account_reset_password"), {"email": tova.email})
    assert Letter.objects.filter(to=tova.email).count() == 4


SPELLINGS = [
    *("amina+1@example.se", "a.mina@example.se", "AMINA@EXAMPLE.SE", "Amina <amina@example.se>"),
    *("mailto:amina+x@example.se.", "ａmina@example.se", "amina\u200b@example.se"),
]


def test_three_letters_a_day_to_one_mailbox_however_it_is_spelt(rf):
    request = rf.post("/folj/")

    assert [letter_limit.may_cause_letter(request, spelt) for spelt in SPELLINGS] == [True] * 3 + [False] * 4
    assert letter_limit.may_cause_letter(request, "amina.n@example.se")
    same = [
        letter_limit.may_cause_letter(request, f"b@{host}")
        for host in ("å.example", "xn--5ca.example", "Å.example", "xn--5ca.example")
    ]
    assert same == [True, True, True, False]


def test_wrong_passwords_from_all_over_are_counted_by_account_however_it_is_spelt(tova, client):
    name, _, domain = tova.email.partition("@")
    spellings = [f"{name}@{domain}", f"X <{tova.email}>", f"mailto:{tova.email}", f"{tova.email}.", tova.email.upper()]
    for number in range(LIMITS["account_login"].free):
        typed = {"login": spellings[number % len(spellings)], "password": "fel"}
        assert at(f"203.0.113.{number}").post(reverse("account_login"), typed).status_code == 200

    for number, spelt in enumerate(spellings):
        typed = {"login": spelt, "password": "fel"}
        assert at(f"198.51.100.{number}").post(reverse("account_login"), typed).status_code == 429


def test_a_browser_that_has_signed_in_gets_its_letter_whatever_strangers_asked(tova):
    hers = at(HOME)
    hers.post(reverse("account_login"), {"login": tova.email, "password": "ostberga-demo"})
    hers.post(reverse("account_logout"))
    for number in range(6):
        at(f"203.0.113.{number}").post(reverse("account_reset_password"), {"email": tova.email})
    hers.post(reverse("account_reset_password"), {"email": tova.email})
    assert Letter.objects.filter(to=tova.email).count() == 4


def test_a_made_up_cookie_is_no_known_browser(rf, tova):
    for value in ("", "x", "bnVsbA:1:2", '["a"]'):
        request = rf.get("/")
        request.COOKIES[known_browser.COOKIE] = value
        assert not known_browser.knows(request, tova.email)


def test_with_the_cache_away_every_answer_is_taken(send, settings):
    settings.CACHES = {"default": settings.CACHES["default"] | {"LOCATION": "redis://127.0.0.1:1"}}
    assert send(SCHOOL).status_code == 303


def test_the_store_holds_no_address(send, crowded, tova):
    at(SCHOOL).post(reverse("account_login"), {"login": tova.email, "password": "fel"})
    at(SCHOOL).post(reverse("account_reset_password"), {"email": tova.email})
    client = cache_client()
    held = b" ".join([*client.scan_iter("*"), *filter(None, map(client.dump, client.scan_iter("limits:*")))])
    assert [word for word in (SCHOOL, tova.email) if word.encode() in held] == []
    (key,) = list(client.scan_iter("limits:key:*"))
    assert 0 < client.ttl(key) <= 86_400


@pytest.mark.parametrize(("seconds", "words"), [(1, "ثانية واحدة"), (2, "ثانيتين"), (10, "10 ثوانٍ"), (11, "11 ثانية")])
def test_seconds_are_counted_as_arabic_does(seconds, words):
    source = Path(settings.BASE_DIR, "templates/ostberga/slow_down.html").read_text(encoding="utf-8")
    block = source[source.index("{% blocktranslate trimmed count") : source.index("{% endblocktranslate %}")]
    with translation.override("ar"):
        page = Template("{% load i18n %}" + block + "{% endblocktranslate %}")
        assert words in page.render(Context({"price": {"seconds": seconds}}))

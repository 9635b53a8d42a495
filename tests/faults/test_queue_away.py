"""Queue and cache are away: every page answers, and what was asked for meanwhile is done when they return."""

import time
import uuid

import pytest
from django.core import mail
from django.core.cache import cache
from django.db import transaction

from actors import tasks as letter_tasks
from actors.letters import outbox, smtp
from actors.models import Letter
from dialogue import tasks as dialogue_tasks
from dialogue.followers import following
from dialogue.models import Follower
from ostberga.http.request_limits import LIMITS
from ostberga.lib.servers import queue
from ostberga.lib.servers.circuit_breaker import CircuitBreaker
from ostberga.lib.servers.redis_client import cache_client
from reports import tasks as report_tasks
from reports.models import ReportVersion
from surveys.models import Response
from tests import factories as make
from tests.house import addresses, doors
from tests.http.clients import at
from tests.reports.conftest import story

pytestmark = pytest.mark.django_db
__all__ = ["story"]  # a fixture


@pytest.fixture
def answer(form, autumn, talk):
    """Answer the form from an address."""
    door, field = f"/svara/{form.channels.get().code}/", f"q{form.questions.get().pk}"
    return lambda address: at(address).post(door, {"nyckel": str(uuid.uuid4()), field: "Mer ljus."})


@pytest.mark.parametrize(
    "role", ["nobody", "resident", "right_body", "coordinator"]
)  # the others see no page of their own
def test_every_page_answers(role, valkey_away, settings, browse):
    settings.KEEP_PUBLIC_PAGES = True
    district = doors.build()
    browser = browse(district.people[role])
    before = time.perf_counter()
    statuses = {path: browser.get(path).status_code for path in map(district.path_to, addresses.ours())}

    assert {path: status for path, status in statuses.items() if status >= 500} == {}
    # Of those that are asked within five seconds one waits for half a second, and the others for nothing.
    assert time.perf_counter() - before < len(statuses)


def test_residents_answer_and_follow(valkey_away, answer, amina, talk):
    typed = {"epost": "amina@example.se", "fraga": [make.issue(talk, "Lamporna").pk], "vill": "every"}

    assert (answer("192.0.2.1").status_code, amina.post("/folj/", typed).status_code) == (303, 302)
    valkey_away()
    dialogue_tasks.write_batch()
    assert (Response.objects.count(), Follower.objects.get().email) == (1, "amina@example.se")


def test_staff_sign_in_and_stay_signed_in(valkey_away, tova, client):
    page = client.post("/konto/login/", {"login": tova.email, "password": "ostberga-demo"})

    assert (page.status_code, "sessionid" in client.cookies) == (302, True)
    assert client.get("/mitt/").status_code == 302  # to the second factor, not to sign in again
    valkey_away()
    assert "/konto/login/" not in client.get("/mitt/").headers.get("Location", "")


def test_a_letter_and_a_report_are_done_when_the_queue_is_back(valkey_away, story, ake, browse, monkeypatch):
    page = browse(ake).post(f"/samordna/ostberga/rapporter/{story.report.pk}/gor/")
    with transaction.atomic():
        letter = outbox.post(kind="invitation", to="tova@example.se", subject="Hej", text="Välkommen!")
    assert (page.status_code, Letter.objects.waiting().count()) == (302, 1)
    valkey_away()
    letter_tasks.send_waiting_letters()
    called = []
    monkeypatch.setattr(report_tasks, "call", lambda *call: called.append(call))
    report_tasks.sweep()

    assert [sent.to for sent in mail.outbox] == [["tova@example.se"]]
    assert (Letter.objects.get(pk=letter.pk).state, called) == (
        "sent",
        [("reports.tasks.render", str(ReportVersion.objects.get().pk))],
    )


def test_whoever_sends_too_much_is_asked_for_work_by_this_process(valkey_away, answer):
    statuses = [answer("192.0.2.1").status_code for _number in range(LIMITS["answer"].free + 1)]

    assert (set(statuses[:-1]), statuses[-1], answer("198.51.100.9").status_code) == ({303}, 429, 303)


def test_wrong_passwords_are_counted_and_a_used_code_is_used(valkey_away, tova, client):
    wrong = {"login": tova.email, "password": "fel-losenord"}
    pages = [client.post("/konto/login/", wrong) for _number in range(11)]

    assert "Det blev för många försök" in pages[-1].text
    assert "Det blev för många försök" not in pages[0].text
    assert [cache.add("allauth.mfa.totp.used?user=1", "y", 30) for _time in range(2)] == [True, False]


def test_what_was_changed_meanwhile_is_not_shown_as_it_was(valkey_away, ostberga, talk, amina, settings):
    settings.KEEP_PUBLIC_PAGES = True
    before = amina.get("/ostberga/").text
    talk.title = {"sv": "Den nya rubriken"}
    talk.save()
    ostberga.bump_public_version()

    assert ("Den nya rubriken" in before, "Den nya rubriken" in amina.get("/ostberga/").text) == (False, True)


def test_pages_are_kept_in_the_process_while_the_cache_is_away(valkey_away, talk, amina, settings, count_queries):
    settings.KEEP_PUBLIC_PAGES = True
    amina.get("/ostberga/")

    assert count_queries(lambda: amina.get("/ostberga/")) <= 1  # the version


def test_the_call_of_a_worker_takes_no_time(valkey_away):
    queue.call("actors.tasks.send_letter", "1")
    before = time.perf_counter()

    assert [queue.call("actors.tasks.send_letter", "1") for _time in range(50)] == [False] * 50
    assert time.perf_counter() - before < 10


def test_one_caller_tries_again_after_a_while_and_the_others_do_not_wait():
    breaker = CircuitBreaker("the test", seconds=0.05)
    breaker.note_failure(ConnectionError())
    at_once = breaker.lets_through()
    time.sleep(0.06)

    assert (at_once, [breaker.lets_through() for _time in range(3)]) == (False, [True, False, False])
    breaker.note_success()
    assert [breaker.lets_through() for _time in range(3)] == [True] * 3


def test_the_health_page_says_what_is_away(valkey_away, client):
    assert client.get("/halsa/").json() == {"status": "ok", "away": ["queue", "cache"]}
    valkey_away()
    assert client.get("/halsa/").json() == {"status": "ok", "away": []}


def test_a_failing_command_is_no_server_that_is_away(db):
    cache_client().set("word", "x")
    with pytest.raises(Exception, match="not an integer"):
        cache_client().incr("word")

    assert cache_client().get("word") == b"x"


def test_who_was_let_through_and_did_not_ask_leaves_the_try_to_the_next_one():
    breaker = CircuitBreaker("a server", seconds=0.05)
    breaker.note_failure(ConnectionError())
    time.sleep(0.06)
    breaker.seconds = 60
    was_let_through = breaker.lets_through()
    breaker.give_back()

    assert (was_let_through, breaker.is_open, breaker.lets_through(), breaker.lets_through()) == (
        True,
        True,
        True,
        False,
    )


def test_a_follow_letter_whose_turn_it_is_not_uses_up_no_try():
    smtp.breaker.note_failure(ConnectionError())
    smtp.breaker._left_alone_until = time.monotonic()

    assert (following._is_due(3), smtp.breaker.lets_through()) == (False, True)

"""The mail server is away, silent, slow, or says no: each letter is sent once, tried again, or given up and told."""

import datetime as dt
import threading
import time

import pytest
from django.db import connection
from django.utils import timezone

from actors.letters import dead_addresses, outbox, sending, smtp
from actors.models import DeadAddress, Letter
from actors.rules import deliveries
from dialogue.batching import dialogue_batch
from ostberga.local.valkey import free_port
from tests import clock
from tests.faults.smtp_server import mail_server

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def real_smtp(settings):
    settings.EMAIL_BACKEND = "actors.letters.smtp.LimitedBackend"
    settings.EMAIL_HOST, settings.EMAIL_TIMEOUT, settings.EMAIL_SECONDS = "127.0.0.1", 0.2, 5


@pytest.fixture
def served(settings):
    """Start a server that behaves so, and send through it."""
    opened = []

    def start(**behaviour):
        opened.append(mail_server(**behaviour))
        server = opened[-1].__enter__()
        settings.EMAIL_PORT = server.port
        return server

    yield start
    for each in opened:
        each.__exit__(None, None, None)


def write(**fields) -> Letter:
    return outbox.post(**{"kind": "invitation", "to": "tova@example.se", "subject": "Hej", "text": "Hej!"} | fields)


def try_to_send(letter: Letter) -> Letter:
    smtp.breaker.reset()
    Letter.objects.filter(pk=letter.pk).update(send_after=timezone.now())
    sending.send(str(letter.pk))
    letter.refresh_from_db()
    return letter


def test_a_letter_goes(served):
    server = served()
    letter = try_to_send(write())

    assert (letter.state, letter.attempts, letter.error) == ("sent", 1, "")
    assert [f"Message-ID: <{letter.pk}@localhost>" in sent for sent in server.letters] == [True]


@pytest.mark.parametrize(
    "behaviour",
    [
        {"greeting": None},
        {"greeting": "220 hej", "answers": {"EHLO": None}},
        {"answers": {"RCPT": None}},
        {"answers": {".": None}},
        {"greeting": ""},
        {"greeting": "421 för många"},
        {"answers": {"MAIL": "421 stänger"}},
    ],
)
def test_a_server_that_is_silent_or_closes_is_tried_again_soon(served, behaviour):
    served(**behaviour)
    before = time.perf_counter()
    letter = try_to_send(write())

    assert (letter.state, letter.why != "", letter.attempts) == ("waiting", True, 1)
    assert dt.timedelta(seconds=50) < letter.send_after - timezone.now() <= dt.timedelta(seconds=60)
    assert time.perf_counter() - before < 10


def test_a_server_that_gives_a_byte_at_a_time_is_cut(served, settings):
    settings.EMAIL_SECONDS = 0.5
    served(greeting="220 " + "x" * 200, seconds_a_byte=0.05)
    before = time.perf_counter()
    letter = try_to_send(write())

    assert (letter.state, time.perf_counter() - before < 8) == ("waiting", True)


def test_a_lost_reply_is_the_same_letter_again(served):
    server = served(answers={".": ""})
    letter = try_to_send(write())
    server.answers = {}
    try_to_send(letter)

    names = {line for sent in server.letters for line in sent.splitlines() if line.startswith("Message-ID")}
    assert (len(server.letters), len(names), letter.state) == (2, 1, "sent")


@pytest.mark.parametrize(
    ("answers", "error", "is_dead"),
    [
        ({"RCPT": "550 5.1.1 finns inte"}, "550 5.1.1", True),
        ({"RCPT": "550 no such user"}, "550", True),
        ({"RCPT": "550 5.7.1 relaying denied"}, "550 5.7.1", False),
        ({"RCPT": "552 5.2.2 full"}, "552 5.2.2", False),
        ({".": "554 5.6.0 skräp"}, "554 5.6.0", False),
    ],
)
def test_a_permanent_no_is_not_asked_again(served, answers, error, is_dead):
    server = served(answers=answers)
    letter = try_to_send(write(to="TOVA@example.se"))
    try_to_send(letter)
    dialogue_batch.write()

    assert (letter.state, letter.error, letter.attempts) == ("failed", error, 1)
    assert [dead.email for dead in DeadAddress.objects.all()] == (["tova@example.se"] if is_dead else [])
    assert server.connections == 1


def test_a_temporary_no_is_asked_for_four_days_with_growing_pauses(served):
    served(answers={"RCPT": "451 4.7.1 greylisted"})
    letter, tries, pauses = write(), 0, []
    begun = timezone.now()
    while letter.state == "waiting":
        try_to_send(letter)
        tries += 1
        pauses.append(letter.send_after - timezone.now())
        clock.start(max(letter.send_after, timezone.now()))

    assert (letter.error, tries < 30) == ("451 4.7.1", True)
    assert timezone.now() - begun >= deliveries.TRIED_FOR
    assert [round(pause / dt.timedelta(minutes=1)) for pause in pauses[:5]] == [1, 5, 15, 30, 60]


def test_wrong_password_or_no_server_is_no_fault_of_the_letter(served, settings):
    served(answers={"EHLO": "250-hej\r\n250 AUTH PLAIN", "AUTH": "535 5.7.8 fel"})
    settings.EMAIL_HOST_USER, settings.EMAIL_HOST_PASSWORD = "svar", "fel"
    refused = try_to_send(write())
    settings.EMAIL_PORT = free_port()
    nobody = try_to_send(write())

    assert [(letter.state, letter.error) for letter in (refused, nobody)] == [
        ("waiting", "535"),
        ("waiting", "ConnectionRefusedError"),
    ]


def test_while_it_is_away_the_others_do_not_wait_and_codes_are_tried(served):
    server = served(greeting=None)
    letters = [write(to=f"{number}@example.se") for number in range(20)]
    code = write(kind="account", to="kod@example.se")
    before = time.perf_counter()
    sending.send_waiting()

    assert (server.connections, time.perf_counter() - before < 6) == (1, True)
    assert Letter.objects.filter(attempts=1).get() == code
    server.greeting = "220 klar"
    smtp.breaker.reset()
    Letter.objects.update(send_after=timezone.now())
    assert sending.send_waiting() == len(letters) + 1


@pytest.mark.django_db(transaction=True)
def test_no_transaction_and_no_lock_is_held_while_the_server_is_silent(served, settings):
    settings.EMAIL_TIMEOUT = 1
    server, letter = served(greeting=None), write()

    def work() -> None:
        sending.send(str(letter.pk))
        connection.close()

    worker = threading.Thread(target=work)
    worker.start()
    while not server.connections:
        time.sleep(0.01)

    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database()"
            " AND state LIKE 'idle in transaction%%' AND pid <> pg_backend_pid()"
        )
        assert cursor.fetchone() == (0,)
    assert Letter.objects.select_for_update(nowait=True).filter(pk=letter.pk).update(subject="Hej då") == 1
    assert sending.send(str(letter.pk)) is False  # it is claimed
    worker.join()


def test_a_worker_that_died_is_followed_by_another_with_the_same_letter(served, monkeypatch):
    server, letter = served(), write()
    monkeypatch.setattr(sending, "_note", lambda *_: None)  # it dies before it has written down how it went
    sending.send(str(letter.pk))
    monkeypatch.undo()
    at_once = sending.send(str(letter.pk))
    clock.start(timezone.now() + sending.LEASE)
    later = sending.send(str(letter.pk))

    assert (at_once, later, len(server.letters)) == (False, True, 2)
    assert all(f"<{letter.pk}@localhost>" in sent for sent in server.letters)


def test_a_code_that_is_no_longer_good_is_not_sent(served):
    server = served()
    letter = write(kind="account", text="Din kod är 123 456.", useful_until=timezone.now() + dt.timedelta(hours=1))
    clock.start(timezone.now() + dt.timedelta(hours=2))
    try_to_send(letter)

    assert (letter.state, letter.sealed, letter.why, server.connections) == (
        "failed",
        "",
        "det hann inte fram i tid och är inte längre till nytta",
        0,
    )


def test_an_address_that_is_typed_anew_is_tried_anew(db):
    dead_addresses.mark("Tova@example.se", "550 5.1.1")
    dialogue_batch.write()
    dead_addresses.mark("tova@example.se", "550")
    dialogue_batch.write()
    assert DeadAddress.objects.get().status == "550 5.1.1"
    dead_addresses.unmark("TOVA@example.se")
    assert not DeadAddress.objects.exists()

"""Letters: written in the transaction of the act, sent once, shown in the demo."""

import logging
import re
import threading

import pytest
from django.core import mail
from django.db import connection, transaction
from django.utils import timezone

from actors.letters import outbox, sending, smtp
from actors.models import Letter
from actors.models.letters import KNOWN_READERS, TO_FOLLOWERS
from actors.rules import deliveries
from tests import clock
from tests.house.files import OUR_APPS, ours

pytestmark = pytest.mark.django_db


def write(**fields) -> Letter:
    return outbox.post(
        **{"kind": "invitation", "to": "tova@example.se", "subject": "Hej", "text": "Välkommen!"} | fields
    )


class BrokenServer:
    """An e-mail backend that refuses connections."""

    def __init__(self, **_options):
        pass

    def send_messages(self, _messages):
        raise ConnectionRefusedError


@pytest.fixture
def mail_is_down(settings):
    settings.EMAIL_BACKEND = f"{__name__}.BrokenServer"


def try_to_send(letter: Letter) -> Letter:
    smtp.breaker.reset()
    Letter.objects.filter(pk=letter.pk).update(send_after=timezone.now())
    sending.send(str(letter.pk))
    letter.refresh_from_db()
    return letter


def test_a_letter_lives_and_dies_with_the_act():
    @transaction.atomic
    def act_that_fails():
        write()
        raise RuntimeError

    with pytest.raises(RuntimeError):
        act_that_fails()
    assert Letter.objects.count() == 0


def test_a_letter_is_sent_once_and_can_be_recognised(settings):
    letter = write()

    assert [sending.send(str(letter.pk)), sending.send(str(letter.pk))] == [True, False]
    assert [(sent.to, sent.subject) for sent in mail.outbox] == [(["tova@example.se"], "Hej")]
    assert mail.outbox[0].extra_headers["Message-ID"] == f"<{letter.pk}@localhost>"


@pytest.mark.django_db(transaction=True)
def test_two_workers_send_it_once():
    letter, start, sent = write(), threading.Barrier(2), []

    def work():
        start.wait()
        sent.append(sending.send(str(letter.pk)))
        connection.close()

    workers = [threading.Thread(target=work) for _ in range(2)]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()
    assert (sorted(sent), len(mail.outbox)) == ([False, True], 1)


def test_a_letter_that_can_not_be_sent_waits_longer_each_time(mail_is_down):
    letter, pauses = write(), []
    for _ in range(5):
        try_to_send(letter)
        pauses.append(round((letter.send_after - timezone.now()).total_seconds() / 60))

    assert (pauses, letter.state) == ([1, 5, 15, 30, 60], Letter.State.WAITING)
    clock.start(timezone.now() + deliveries.TRIED_FOR)
    assert (try_to_send(letter).state, letter.error) == (Letter.State.FAILED, "ConnectionRefusedError")


def test_nothing_is_said_in_the_log_about_whom_or_what(caplog):
    with caplog.at_level(logging.DEBUG):
        sending.send(str(write().pk))

    assert [record.getMessage() for record in caplog.records if record.name == "ostberga.letters"] == [
        "letter sent kind=invitation"
    ]
    assert "tova" not in caplog.text


def test_the_coordinator_sees_a_failed_letter_and_tries_again(ake, ostberga, browse):
    letter = write(collaboration=ostberga)
    Letter.objects.filter(pk=letter.pk).update(state=Letter.State.FAILED, attempts=6, error="TimeoutError")

    assert "Försök igen" in browse(ake).get("/samordna/ostberga/brev/").content.decode()
    browse(ake).post(f"/samordna/ostberga/brev/{letter.pk}/igen/")
    letter.refresh_from_db()
    assert (letter.state, letter.attempts) == (Letter.State.WAITING, 0)


def test_the_coordinator_does_not_see_who_follows_an_issue(ake, ostberga, browse):
    write(collaboration=ostberga, kind="news", to="amina@example.se")

    page = browse(ake).get("/samordna/ostberga/brev/").content.decode()
    assert ("amina@example.se" in page, "en följare" in page) == (False, True)


def test_only_the_demo_shows_letters_to_all(amina, settings):
    letter = write(text="Öppna http://localhost/valkommen/abc/", html="<p>Hej <b>du</b></p>")
    assert [amina.get(url).status_code for url in ("/brev/", f"/brev/{letter.pk}/")] == [404, 404]

    settings.DEMO = True
    page = amina.get(f"/brev/{letter.pk}/").content.decode()
    assert '<a href="http://localhost/valkommen/abc/"' in page
    assert "&lt;b&gt;du&lt;/b&gt;" in page


def test_letters_can_be_found_by_address(amina, in_the_demo):
    write()
    write(to="polly@example.se")

    page = amina.get("/brev/", {"till": "polly"}).content.decode()
    assert ("polly@example.se" in page, "tova@example.se" in page) == (True, False)


def test_no_letter_to_staff_is_said_to_have_gone_to_a_follower():
    # Installation-wide letters, which no coordinator's list has.
    of_nobody = {"account", "mandate-told"} | {"registry-asked", "registry-entry", "registry-removal"}
    of_nobody |= {"registry-removed", "registry-set", "body-renamed", "person-renamed", "administrators"}
    senders = [path.read_text() for path in ours(".py", below=OUR_APPS) if "import outbox" in path.read_text()]
    kinds = {kind for text in senders for kind in re.findall(r'(?:kind=|_write\w*\((?:\w+, )?)"([a-z-]+)"', text)}

    assert len(kinds) > 20
    assert kinds - KNOWN_READERS - TO_FOLLOWERS - of_nobody == set()
    assert (KNOWN_READERS | TO_FOLLOWERS) & of_nobody == set()

"""Delivery reports in the mailbox: a dead address is marked and told; false reports are not believed."""

import datetime as dt
import uuid
from email.message import EmailMessage, Message
from email.mime.multipart import MIMEMultipart
from email.mime.text import MIMEText

import pytest
from django.core import mail
from django.utils import timezone

from actors.letters import mailbox as reader
from actors.letters import outbox, sending, unstored
from actors.models import DeadAddress, Letter
from dialogue.batching import dialogue_batch
from dialogue.followers import forgetting
from dialogue.models import Follower
from tests import factories as make
from tests.faults.imap_server import mailbox

pytestmark = pytest.mark.django_db


def report(message_id, recipient, *, status="5.1.1", action="failed", whole=True) -> bytes:
    """Return a delivery report, as Postfix writes it."""
    told = MIMEMultipart("report", report_type="delivery-status")
    told["Subject"], told["From"], told["Message-ID"] = "Undelivered", "MAILER-DAEMON@mx.example", "<x@mx.example>"
    told.attach(MIMEText("Ditt brev kom inte fram."))
    status_part = Message()
    status_part.add_header("Content-Type", "message/delivery-status")
    about_message, about_recipient = Message(), Message()
    about_message["Reporting-MTA"] = "dns; mx.example"
    about_recipient["Final-Recipient"] = f"rfc822; {recipient}"
    about_recipient["Action"], about_recipient["Status"] = action, status
    status_part.set_payload([about_message, about_recipient])
    told.attach(status_part)
    original = EmailMessage()
    original["Message-ID"] = message_id
    original.set_content("Hej!")
    back = Message()
    back.add_header("Content-Type", "message/rfc822" if whole else "text/rfc822-headers")
    back.set_payload([original] if whole else f"Message-ID: {message_id}\n")
    told.attach(back)
    return told.as_bytes()


@pytest.fixture
def read(settings):
    """Read a mailbox with these messages, and write the next batch. Returns how many were taken in, and the mailbox."""

    def act(*messages, **options):
        with mailbox(*messages, **options) as box:
            settings.MAILBOX_URL = f"imap://svar:hemligt@localhost:{box.port}/INBOX"
            taken = reader.read()
            dialogue_batch.write()
            return taken, box

    return act


@pytest.fixture
def letter(ostberga):
    """A letter that has gone to Tova's address, which has a capital."""
    written = outbox.post(kind="invitation", to="Tova@example.se", subject="Hej", text="Hej!", collaboration=ostberga)
    sending.send(str(written.pk))
    return written


@pytest.mark.parametrize("whole", [True, False])
def test_a_bounce_is_told_to_the_coordinator_and_the_address_is_marked(letter, read, ake, browse, whole):
    taken, box = read(report(sending.message_id(letter.pk), "tova@example.se", whole=whole))
    letter.refresh_from_db()
    page = browse(ake).get("/samordna/ostberga/brev/").text

    assert (taken, box.messages, letter.state, letter.error) == (1, [], "failed", "5.1.1")
    assert ("adressen finns inte" in page, "Adresser som inte finns" in page) == (True, True)


@pytest.mark.parametrize(
    ("recipient", "changes"),
    [
        ("nagon.annan@example.se", {}),
        ("tova@example.se", {"action": "delayed", "status": "4.4.1"}),
        ("tova@example.se", {"message_id": f"<{uuid.uuid4()}@localhost>"}),
        ("tova@example.se", {"message_id": "<abc@annan.example>"}),
    ],
)
def test_a_false_or_temporary_report_changes_nothing(letter, read, recipient, changes):
    taken, box = read(report(**{"message_id": sending.message_id(letter.pk), "recipient": recipient} | changes))
    letter.refresh_from_db()

    assert (taken, len(box.messages), letter.state, DeadAddress.objects.count()) == (0, 1, "sent", 0)


def test_a_full_mailbox_is_told_but_the_address_lives(letter, read):
    read(report(sending.message_id(letter.pk), "tova@example.se", status="5.2.2"))
    letter.refresh_from_db()

    assert (letter.state, letter.why, DeadAddress.objects.count()) == (
        "failed",
        "mottagarens e-postserver tog inte emot brevet",
        0,
    )


def test_what_people_write_is_left_for_people_and_read_once(letter, read):
    question = b"From: nagon@example.se\r\nSubject: Hej\r\n\r\nN\xc3\xa4r \xc3\xa4r m\xc3\xb6tet?\r\n"
    taken, box = read(question, b"\xff\xfe nonsens", report(sending.message_id(letter.pk), "tova@example.se"))

    assert (taken, box.messages[0], len(box.messages)) == (1, question, 2)
    assert box.flags == [{reader.SEEN_BY_US}, {reader.SEEN_BY_US}]


def test_a_silent_mailbox_stops_nothing(read, monkeypatch):
    monkeypatch.setattr(reader, "SECONDS", 0.2)

    assert read(silent=True)[0] == 0


def test_a_letter_that_was_never_stored_can_bounce_too(read, ostberga):
    key = uuid.uuid4()
    unstored.send(
        key=key, kind="follow", to="amina@example.se", template="follow", context={"link": "", "issues": []},
        language="sv", collaboration=ostberga, unsubscribe="http://localhost/",
    )  # fmt: skip
    name = mail.outbox[0].extra_headers["Message-ID"]
    read(report(name.replace(".", ".0", 1)[:-1], "amina@example.se"), report(name, "stranger@example.se"))
    assert DeadAddress.objects.count() == 0

    read(report(name, "amina@example.se"))
    assert DeadAddress.objects.get().email == "amina@example.se"


def test_a_followers_dead_address_gets_no_news_and_is_forgotten_after_a_while(talk):
    lamps, today = make.issue(talk, "Lamporna"), timezone.localdate()
    for email in ("dod@example.se", "levande@example.se"):
        Follower.at(email, language="sv").ask_for([lamps])
    Follower.objects.update(confirmed_on=today.replace(day=1))
    DeadAddress.objects.create(email="dod@example.se", status="5.1.1")

    assert [each.email for each in Follower.objects.to_tell(1, today)] == ["levande@example.se"]
    forgetting.every_day(today + dt.timedelta(days=29))
    assert Follower.objects.count() == 2
    forgetting.every_day(today + dt.timedelta(days=62))
    assert [each.email for each in Follower.objects.all()] == ["levande@example.se"]
    assert DeadAddress.objects.count() == 0


def test_a_dead_address_is_forgotten_with_who_stopped_following_and_after_a_month_with_no_follower_at_all(talk):
    lamps, today = make.issue(talk, "Lamporna"), timezone.localdate()
    Follower.at("slutat@example.se", language="sv").ask_for([lamps])
    for email in ("slutat@example.se", "registrator@example.se"):
        DeadAddress.objects.create(email=email, status="5.1.1")
    Follower.objects.get().unfollow(lamps)
    forgetting.every_day(today)
    assert [each.email for each in DeadAddress.objects.all()] == ["registrator@example.se"]

    forgetting.every_day(today + dt.timedelta(days=62))
    assert not DeadAddress.objects.exists()


def test_the_coordinator_tries_all_again_at_once(ake, ostberga, browse):
    for number in range(3):
        outbox.post(kind="invitation", to=f"{number}@example.se", subject="Hej", text="Hej!", collaboration=ostberga)
    outbox.post(kind="news", to="annan@example.se", subject="Hej", text="Hej!")
    Letter.objects.update(state="failed", attempts=9)
    page = browse(ake).post("/samordna/ostberga/brev/igen/", follow=True)

    assert "3 brev ligger i utkorgen igen" in page.text
    assert Letter.objects.waiting().filter(attempts=0, collaboration=ostberga).count() == 3


def test_letters_of_no_collaboration_stand_in_the_administrators_list(browse, ake, ostberga):
    outbox.post(kind="account", to="ny@example.se", subject="Hemligt ämne", text="Hemlig text")
    Letter.objects.update(state="failed", attempts=9, error="550 5.1.1")
    keeper = browse(make.user("drift@ostberga.example", is_staff=True, is_superuser=True))
    page = keeper.get("/mitt/brev/").text

    assert ("ny@example.se" in page, "adressen finns inte" in page) == (True, True)
    assert ("Hemligt ämne" in page, "Hemlig text" in page) == (False, False)
    assert browse(ake).get("/mitt/brev/").status_code == 404
    keeper.post("/mitt/brev/igen/")
    assert Letter.objects.waiting().count() == 1

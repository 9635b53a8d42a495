"""What a stranger sends to the mailbox holds up no letters: it is small, read once, and little in it is looked at."""

from email import message_from_bytes

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from actors.letters import mailbox as reader
from actors.letters import outbox, sending
from actors.models import Letter
from dialogue.rules.calendar_reply import replies_in
from tests.dialogue.meetings.calendar_programs import HEAD, folded, outlook, part
from tests.faults.imap_server import Mailbox, mailbox
from tests.faults.test_mailbox import report

pytestmark = pytest.mark.django_db

TOVA = "tova@example.se"


@pytest.fixture
def bounce(ostberga):
    """A report that says of a letter that has gone to Tova that it did not arrive."""
    written = outbox.post(kind="invitation", to=TOVA, subject="Hej", text="Hej!", collaboration=ostberga)
    sending.send(str(written.pk))
    return report(sending.message_id(written.pk), TOVA)


@pytest.fixture
def box_with(settings):
    """Read a mailbox with these messages, after `first`. Returns how many were taken in, and the mailbox."""

    def act(*messages, first=repr):
        with mailbox(*messages) as box:
            settings.MAILBOX_URL = f"imap://svar:hemligt@localhost:{box.port}/INBOX"
            first(box)
            return reader.read(), box

    return act


def nested(message, levels):
    """Return the message with so many multiparts around each other in front of what it says."""
    head, start, rest = message.partition(b"\n--")
    inside = b"".join(b"Content-Type: multipart/mixed; boundary=b%d\n\n--b%d\n" % (at, at) for at in range(levels))
    return head + start + rest.partition(b"\n")[0] + b"\n" + inside + start + rest


def test_what_is_big_is_not_fetched_and_left_for_people(bounce, box_with):
    taken, box = box_with(bounce + b"x" * reader.MOST_BYTES, bounce)

    assert (taken, box.fetched, len(box.messages), box.flags) == (1, [2], 1, [{reader.SEEN_BY_US}])


def test_of_a_report_about_thousands_only_a_few_are_looked_up(bounce, box_with):
    stranger = b"Final-Recipient: rfc822; nagon%d@example.se\nAction: failed\nStatus: 5.1.1\n\n"
    many = b"".join(stranger % number for number in range(2000))
    with CaptureQueriesContext(connection) as asked:
        taken, _ = box_with(bounce.replace(b"Status: 5.1.1\n", b"Status: 5.1.1\n\n" + many, 1))

    assert (taken, Letter.objects.get().state) == (1, "failed")
    assert len(asked) < 60


def test_a_message_in_very_many_layers_is_left_for_people(bounce, box_with):
    taken, box = box_with(nested(bounce, 2), nested(bounce, 100))

    assert (taken, box.messages) == (1, [nested(bounce, 100)])


def test_what_ends_the_worker_that_reads_it_is_not_read_again(box_with, monkeypatch):
    boxes: list[Mailbox] = []

    def die(message):
        raise SystemExit(str(message["Subject"]))

    monkeypatch.setattr(reader, "READERS", [die])
    with pytest.raises(SystemExit, match="Hej"):
        box_with(b"Subject: Hej\r\n\r\nHej!", first=boxes.append)
    assert boxes[0].flags == [{reader.SEEN_BY_US}]


def test_one_reading_at_a_time_and_the_second_does_not_wait(bounce, box_with):
    other = connection.copy()
    try:
        other.cursor().execute("SELECT pg_advisory_lock(hashtext(%s))", [reader.READING])
        assert box_with(bounce)[1].fetched == []
        other.cursor().execute("SELECT pg_advisory_unlock(hashtext(%s))", [reader.READING])
        assert box_with(bounce)[0] == 1
    finally:
        other.close()


def test_a_reading_ends_in_time_and_the_next_goes_on(bounce, box_with, monkeypatch):
    monkeypatch.setattr(reader, "SECONDS_A_READING", -1)
    taken, box = box_with(bounce)
    assert (taken, box.flags) == (0, [set()])

    monkeypatch.undo()
    assert box_with(bounce)[0] == 1


def test_of_a_calendar_file_with_very_many_events_few_are_looked_up(box_with):
    event = ["BEGIN:VEVENT", "ATTENDEE;PARTSTAT=ACCEPTED:mailto:tova@example.se", "UID:mote-{}-x", "END:VEVENT"]
    all_events = [line.format(number) for number in range(100) for line in event]
    lines = ["BEGIN:VCALENDAR", "METHOD:REPLY", *all_events, "END:VCALENDAR", ""]
    with CaptureQueriesContext(connection) as asked:
        box_with(part("text/calendar", "8bit", folded(lines).encode(), lead=HEAD))

    assert len(asked) < 20


@pytest.mark.parametrize(("length", "number"), [(40_000, 1), (60_000, 0)])
def test_a_calendar_file_that_is_long_is_not_read(length, number):
    raw = outlook("mote-1-x", TOVA, comment="x" * length)

    assert len(replies_in(message_from_bytes(raw))) == number

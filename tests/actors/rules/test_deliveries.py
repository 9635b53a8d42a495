"""What a mail server's answer means."""

import datetime as dt
import smtplib

import pytest

from actors.rules import deliveries
from actors.rules.deliveries import Delivery, DeliveryOutcome

TO = "tova@example.se"


@pytest.mark.parametrize(
    ("error", "means"),
    [
        (smtplib.SMTPRecipientsRefused({TO: (550, b"5.1.1 no")}), Delivery(DeliveryOutcome.NEVER, "550 5.1.1", True)),
        (smtplib.SMTPRecipientsRefused({TO: (553, b"no")}), Delivery(DeliveryOutcome.NEVER, "553", True)),
        (smtplib.SMTPRecipientsRefused({TO: (552, b"no")}), Delivery(DeliveryOutcome.NEVER, "552", False)),
        (smtplib.SMTPRecipientsRefused({TO: (550, b"5.7.1 no")}), Delivery(DeliveryOutcome.NEVER, "550 5.7.1", False)),
        (
            smtplib.SMTPRecipientsRefused({TO: (550, b"5.1.10 null MX")}),
            Delivery(DeliveryOutcome.NEVER, "550 5.1.10", True),
        ),
        (smtplib.SMTPRecipientsRefused({TO: (450, b"4.2.1 later")}), Delivery(DeliveryOutcome.LATER, "450 4.2.1")),
        (smtplib.SMTPRecipientsRefused({TO: (421, b"later")}), Delivery(DeliveryOutcome.AWAY, "421")),
        (
            smtplib.SMTPSenderRefused(550, b"5.1.1 no", "svar@example.se"),
            Delivery(DeliveryOutcome.NEVER, "550 5.1.1", False),
        ),
        (smtplib.SMTPDataError(554, b"spam"), Delivery(DeliveryOutcome.NEVER, "554")),
        (smtplib.SMTPDataError(451, "later"), Delivery(DeliveryOutcome.LATER, "451")),
        (smtplib.SMTPAuthenticationError(535, b"no"), Delivery(DeliveryOutcome.AWAY, "535")),
        (smtplib.SMTPConnectError(554, b"no"), Delivery(DeliveryOutcome.AWAY, "554")),
        (smtplib.SMTPServerDisconnected("gone"), Delivery(DeliveryOutcome.AWAY, "SMTPServerDisconnected")),
        (TimeoutError(), Delivery(DeliveryOutcome.AWAY, "silent")),
        (UnicodeError("label too long"), Delivery(DeliveryOutcome.NEVER, "UnicodeError")),
    ],
)
def test_what_it_means(error, means):
    assert deliveries.judge(error) == means


def test_pauses_grow_and_then_stay():
    pauses = [deliveries.pause_after(attempts) for attempts in (1, 2, 8, 9, 40)]

    assert pauses == [dt.timedelta(minutes=minutes) for minutes in (1, 5, 480, 480, 480)]
    assert dt.timedelta(days=4) == deliveries.TRIED_FOR


@pytest.mark.parametrize(
    ("error", "words"),
    [
        ("550 5.1.1", "adressen finns inte"),
        ("5.1.1", "adressen finns inte"),
        ("554 5.7.1", "mottagarens e-postserver tog inte emot brevet"),
        ("451", "mottagarens e-postserver bad oss försöka senare"),
        ("silent", "e-postservern svarade inte"),
        ("ConnectionRefusedError", "e-postservern svarade inte"),
        ("UnicodeError", "adressen går inte att skicka till"),
        ("no-key", "brevet går inte att läsa, för nyckeln som låste det saknas"),
        ("too-late", "det hann inte fram i tid och är inte längre till nytta"),
        ("", ""),
    ],
)
def test_it_is_told_in_words(error, words):
    assert deliveries.explain(error) == words


def test_which_codes_are_of_a_dead_mailbox():
    codes = ["5.1.1", "5.1.10", "5.2.1", "5.2.2", "5.1.7", "5.7.1", "4.1.1", "5.1.11"]

    assert [deliveries.is_dead(code) for code in codes] == [True] * 3 + [False] * 5

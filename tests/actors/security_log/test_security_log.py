"""The security log: what is written in it, and that nobody can change it."""

import pytest
from django.db import IntegrityError, connection, transaction

from actors.models import SecurityEvent
from actors.security_log import disposal
from actors.security_log.recording import Kind, Outcome, record
from tests.actors.security_log.old_events import event_of

PASSWORD = "ostberga-demo"


def events():
    """Who, what and how it ended, in order."""
    return [(event.who, event.kind, event.outcome) for event in SecurityEvent.objects.order_by("pk")]


@pytest.fixture
def event(tova):
    record(Kind.EXPORTED, by=tova, on="reports:export")
    return SecurityEvent.objects.get()


def test_signing_in_failing_and_leaving_are_logged(tova, amina):
    amina.post("/konto/login/", {"login": tova.email, "password": "fel"})
    amina.post("/konto/login/", {"login": tova.email, "password": PASSWORD})
    amina.post("/konto/logout/")

    assert events() == [
        (tova, "signed_in", "failed"),
        (tova, "signed_in", "done"),
        (tova, "signed_out", "done"),
    ]


def test_what_is_typed_at_an_unknown_address_is_not_kept(db, amina):
    amina.post("/konto/login/", {"login": "hemlig@example.se", "password": "mitt-lösen"})

    event = SecurityEvent.objects.get()
    assert (event.who, event.outcome, event.object_key) == (None, "failed", "")
    assert "hemlig" not in str(vars(event))


def test_a_page_that_is_somebody_elses_is_logged_by_its_name(ake, stranger, browse):
    browse(stranger).get("/samordna/ostberga/personer/")

    refused = SecurityEvent.objects.get(kind=Kind.REFUSED)
    assert (refused.who, refused.outcome, refused.object_key) == (stranger, "refused", "coordinate:people")


def test_a_public_page_that_is_missing_is_not_logged(stranger, ostberga, browse):
    browse(stranger).get("/ostberga/fragor/finns-inte/")

    assert not SecurityEvent.objects.filter(kind=Kind.REFUSED).exists()


def test_only_model_and_key_of_an_object_are_kept(tova, ostberga):
    record(Kind.RIGHT_CHANGED, by=tova, on=tova, collaboration=ostberga, outcome=Outcome.DONE)

    event = SecurityEvent.objects.get()
    assert (event.object_type, event.object_key, event.collaboration) == ("actors.user", str(tova.pk), ostberga)


@pytest.mark.parametrize(
    "change",
    [
        lambda event: SecurityEvent.objects.filter(pk=event.pk).update(outcome="failed"),
        lambda event: event.delete(),
    ],
)
def test_the_database_refuses_to_change_an_event(event, change):
    with pytest.raises(IntegrityError, match="never edited"), transaction.atomic():
        change(event)

    assert SecurityEvent.objects.get() == event


def test_the_database_refuses_to_empty_the_log(event):
    cursor = connection.cursor()
    cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")  # or their pending checks would refuse instead
    cursor.execute("ALTER TABLE actors_securityevent ENABLE TRIGGER never_emptied")

    with pytest.raises(IntegrityError, match="never edited"), transaction.atomic():
        cursor.execute("TRUNCATE actors_securityevent, actors_securityseal")
    assert SecurityEvent.objects.get() == event


def test_old_events_go_when_their_time_has_come(db, settings):
    settings.SECURITY_LOG_DAYS = 365
    event_of(366)
    kept = event_of(364)

    assert disposal.dispose_of_old_events() == 1
    assert SecurityEvent.objects.exclude(kind=Kind.DISPOSED).get() == kept


def test_a_setting_can_not_make_young_events_go(db, settings):
    settings.SECURITY_LOG_DAYS = 0
    event_of(80)

    with pytest.raises(IntegrityError, match="keeps_90_days"), transaction.atomic():
        disposal.dispose_of_old_events()

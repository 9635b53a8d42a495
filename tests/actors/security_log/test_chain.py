"""The chain of seals tells of every event that was edited, taken away or put in, also past the triggers."""

import os
import re
import threading
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from django.conf import settings
from django.core.management import CommandError, call_command
from django.db import ProgrammingError, connection, transaction

from actors.models import SecurityEvent, SecurityLogTerm, SecuritySeal
from actors.security_log import chain, disposal
from actors.security_log.recording import Kind, record
from tests.actors.security_log.old_events import event_of, seal_what_waits

ROLES = Path(settings.BASE_DIR, "docs/drift/roller.sql")


@pytest.fixture
def log(tova, ostberga):
    """Five sealed events."""
    for kind in (Kind.SIGNED_IN, Kind.EXPORTED, Kind.READ_RAW_TEXT, Kind.RIGHT_CHANGED, Kind.SIGNED_OUT):
        record(kind, by=tova, on=tova, collaboration=ostberga)
    seal_what_waits()
    return list(SecurityEvent.objects.order_by("pk"))


def past_the_triggers(statement, *parameters):
    """Run a statement as the owner of the database can: without triggers and foreign keys."""
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL session_replication_role = replica")
        cursor.execute(statement, parameters)
        cursor.execute("SET LOCAL session_replication_role = DEFAULT")


def fault(head=""):
    """What checking says, after which the command fails with the same words."""
    found = chain.verify(head).fault
    if found:
        with pytest.raises(CommandError, match=re.escape(found)):
            call_command("verify_security_log", head=head)
    return found


def test_what_nobody_touched_is_whole(log, capsys):
    call_command("verify_security_log")

    assert "5 händelser" in capsys.readouterr().out
    assert [seal.position for seal in SecuritySeal.objects.all()] == [1, 2, 3, 4, 5]


@pytest.mark.parametrize(
    "change",
    [
        "who_id = NULL", "kind = 'signed_out'", "outcome = 'failed'", "at = at + interval '1 microsecond'",
        "collaboration_id = NULL", "object_type = 'actors.letter'", "object_key = '999'",
    ],
)  # fmt: skip
def test_an_edited_event_is_told_of(log, change):
    past_the_triggers(f"UPDATE actors_securityevent SET {change} WHERE id = %s", log[2].pk)  # noqa: S608

    assert fault() == f"Plats 3, händelse {log[2].pk}: händelsen är inte som den skrevs."


def test_an_edited_event_with_a_new_seal_breaks_the_chain_after_it(log):
    past_the_triggers("UPDATE actors_securityevent SET outcome = 'failed' WHERE id = %s", log[2].pk)
    log[2].refresh_from_db()
    past_the_triggers(
        "UPDATE actors_securityseal SET hash = %s WHERE event_id = %s",
        chain.hash_of(log[2].seal.previous, log[2]),
        log[2].pk,
    )

    assert "Plats 4" in fault()


def test_an_event_that_was_taken_away_is_told_of(log):
    past_the_triggers("DELETE FROM actors_securityevent WHERE id = %s", log[1].pk)
    assert fault() == f"Plats 2: händelse {log[1].pk} är borttagen."

    past_the_triggers("DELETE FROM actors_securityseal WHERE event_id = %s", log[1].pk)
    assert "följer inte på plats 1" in fault()


def test_the_beginning_can_not_be_taken_away_without_a_word(log):
    for table, key in (("securityseal", "event_id"), ("securityevent", "id")):
        past_the_triggers(f"DELETE FROM actors_{table} WHERE {key} = %s", log[0].pk)  # noqa: S608

    assert "utan att gallringen har skrivit det" in fault()


def test_an_event_put_in_past_the_triggers_is_told_of(log):
    past_the_triggers(
        "INSERT INTO actors_securityevent (at, kind, outcome, object_type, object_key)"
        " VALUES (now(), 'signed_in', 'done', '', '')"
    )
    assert "har inget sigill" in fault()


def test_a_seal_kept_elsewhere_tells_of_an_end_that_is_gone(log):
    head = chain.verify().head
    assert fault(head) == ""
    for table, key in (("securityseal", "event_id"), ("securityevent", "id")):
        past_the_triggers(f"DELETE FROM actors_{table} WHERE {key} = %s", log[4].pk)  # noqa: S608

    assert (fault(), "finns inte i kedjan" in fault(head)) == ("", True)


def test_the_time_is_the_databases(tova):
    event = SecurityEvent.objects.create(kind=Kind.EXPORTED, who=tova, at="2001-01-01T00:00:00Z")

    assert event.at.year > 2001
    assert SecurityEvent.objects.get().at == event.at


def test_disposal_takes_the_beginning_and_the_rest_is_whole(tova, settings):
    settings.SECURITY_LOG_DAYS = 365
    for days in (400, 380, 300, 1):
        event_of(days)
    assert disposal.dispose_of_old_events() == 2
    seal_what_waits()

    assert [event.kind for event in SecurityEvent.objects.order_by("pk")][2:] == ["disposed"]
    assert (fault(), chain.verify().length) == ("", 3)


@pytest.mark.django_db(transaction=True)
def test_writers_at_the_same_time_make_one_chain(tova):
    ready = threading.Barrier(4)

    def write(_number):
        for _ in range(10):
            ready.wait(timeout=30)
            with transaction.atomic():
                record(Kind.EXPORTED, by=tova)
                record(Kind.SIGNED_OUT, by=tova)
        connection.close()

    with ThreadPoolExecutor(4) as pool:
        list(pool.map(write, range(4)))

    assert (chain.verify().length, fault()) == (80, "")


@pytest.fixture
def as_application(log):
    """A function that runs a statement as the role of docs/drift/roller.sql, which is made as it says there."""
    role = f"ostberga_app_{os.getpid()}"
    SecurityLogTerm.objects.update_or_create(id=1, defaults={"days": 730})
    with connection.cursor() as cursor:
        cursor.execute(f"CREATE ROLE {role} LOGIN")
        cursor.execute(ROLES.read_text().replace("ostberga_app", role))
        cursor.execute(f"SET LOCAL ROLE {role}")
        yield cursor
        cursor.execute("RESET ROLE")


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE actors_securityevent SET outcome = 'failed'",
        "DELETE FROM actors_securityevent",
        "TRUNCATE actors_securityevent CASCADE",
        "ALTER TABLE actors_securityevent DISABLE TRIGGER ALL",
        "DROP TRIGGER never_edited ON actors_securityevent",
        "DROP TABLE actors_securityevent CASCADE",
        "SET LOCAL session_replication_role = replica",
        "INSERT INTO actors_securityseal (event_id, previous, hash) VALUES (1, '', '')",
        "UPDATE actors_securityseal SET hash = ''",
        "DELETE FROM actors_securityseal",
        "CREATE OR REPLACE FUNCTION actors_time_security_event() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN END'",
        "SELECT set_config('ostberga.disposing_of_security_events', 'yes', true); DELETE FROM actors_securityevent",
        "DELETE FROM django_migrations",
        "UPDATE actors_securitylogterm SET days = 90",
        "DELETE FROM actors_securitylogterm",
        "SELECT actors_add_security_seal()",
        "SELECT actors_fill_security_seal()",
    ],
)
def test_the_applications_role_can_not_touch_the_log(as_application, statement):
    with pytest.raises(ProgrammingError, match=r"permission denied|must be owner"), transaction.atomic():
        as_application.execute(statement)


def test_how_long_the_log_is_kept_is_the_owners_to_say(as_application, settings, caplog):
    settings.SECURITY_LOG_DAYS = 90

    assert disposal.dispose_of_old_events() == 0
    assert "SECURITY_LOG_DAYS is 90, but the owner of the database has said: 730 dagar" in caplog.text
    with pytest.raises(ProgrammingError, match="does not exist"), transaction.atomic():
        as_application.execute("SELECT actors_dispose_of_security_events(90)")


def test_the_applications_role_can_do_its_work(as_application, tova, browse, settings):
    settings.SECURITY_LOG_DAYS = 365
    browser = browse()
    browser.post("/konto/login/", {"login": tova.email, "password": "ostberga-demo"})
    seal_what_waits()
    assert browser.get("/mitt/").status_code in {200, 302}
    assert disposal.dispose_of_old_events() == 0

    assert (fault(), chain.verify().length >= 6) == ("", True)

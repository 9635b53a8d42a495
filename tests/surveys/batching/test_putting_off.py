"""A batch is put off for what passes, says what it was, and hides no other error."""

from collections.abc import Iterator
from typing import Any

import pytest
from django.db import OperationalError, connection

from surveys.batching import batch

pytestmark = pytest.mark.django_db


@pytest.fixture
def other() -> Iterator[Any]:
    """Another process's connection, in a transaction."""
    away = connection.copy()
    with away.cursor() as cursor:
        cursor.execute("BEGIN")
        yield cursor
        cursor.execute("ROLLBACK")
    away.close()


@pytest.fixture
def pauses(monkeypatch):
    """How long was waited between tries, instead of waiting."""
    slept: list[float] = []
    monkeypatch.setattr("time.sleep", slept.append)
    monkeypatch.setattr(batch, "PATIENCE", (20, 20, 20))
    return slept


def test_a_backup_is_named_and_waited_for_once(other, pauses, caplog):
    other.execute("SELECT pg_advisory_xact_lock(hashtext(%s))", [batch.LOCK])

    assert not batch.write_batch({}, [])
    assert (caplog.messages, pauses) == (["the batch was put off: a backup is running"], [])


def test_tables_in_use_are_tried_again_with_pauses_between(other, pauses, caplog):
    other.execute("LOCK TABLE surveys_waitingitem IN ACCESS SHARE MODE")

    assert not batch.write_batch({}, [])
    assert (caplog.messages, pauses) == (["the batch was put off: its tables are in use"], [batch.PAUSE, batch.PAUSE])


def test_a_statement_that_is_cancelled_while_a_batch_writes_is_an_error(pauses):
    tried = []

    def write(bodies):
        tried.append(bodies)
        with connection.cursor() as cursor:
            cursor.execute("SET LOCAL statement_timeout = '20ms'")
            cursor.execute("SELECT pg_sleep(5)")
        return []

    with pytest.raises(OperationalError, match="statement timeout"):
        batch.write_batch({"anything": write}, [])
    assert (len(tried), pauses) == (1, [])

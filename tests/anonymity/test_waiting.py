"""What waits for the batch: what a dump shows then, what is left of it afterwards, and that nothing is lost."""

import os
import re
import signal
import subprocess
import sys
import threading
from pathlib import Path

import psycopg
import pytest
from django.core import mail
from django.db import connection

from dialogue import tasks
from dialogue.batching import dialogue_batch
from dialogue.followers import following
from dialogue.models import FollowedIssue, Follower
from ostberga.lib.privacy import encrypted
from ostberga.lib.privacy.encrypted import UnreadableText
from ostberga.lib.servers.redis_client import redis_client
from surveys.batching import batch, waiting
from surveys.models import WaitingItem, WaitingKey
from tests.anonymity.attack import Evidence
from tests.dialogue.followers.test_following import ADDRESS, asks
from tests.migrations.dump import program
from tests.workers import database_url

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.slow, pytest.mark.blank_by_chance]

# Kills itself when the followers are written but not committed, and the waiting rows are not yet emptied.
KILLED = """
import os, signal, django
django.setup()
from dialogue.batching import dialogue_batch
from surveys.batching import batch
batch.shuffle = lambda tables: os.kill(os.getpid(), signal.SIGKILL)
dialogue_batch.write()
"""
# Is true when the batch was put off.
BATCH = "import django; django.setup(); from dialogue.batching import dialogue_batch; assert not dialogue_batch.write()"


def alive(evidence):
    return [trace for trace in evidence.traces if trace.where == "surveys_waitingitem alive"]


def test_rows_that_wait_are_as_many_as_long_and_of_one_version_whatever_waits(amina, lamps):
    dialogue_batch.write()
    nothing = alive(Evidence())
    asks(amina, lamps)
    one = alive(Evidence())

    for rows in (nothing, one):
        assert len(rows) == waiting.SLOTS
        assert len({(row.signals["xmin"], row.signals["cmin"], row.signals["size"]) for row in rows}) == 1


def test_a_dump_while_it_waits_shows_it_to_who_has_the_keys_only(amina, lamps, settings):
    asks(amina, lamps)
    assert [body["email"] for body in waiting.list_bodies(following.KIND)] == [ADDRESS]
    assert not any(ADDRESS.encode() in trace.content for trace in Evidence().traces)  # each row by itself
    for name in encrypted.SETTINGS:
        setattr(settings, name, ["q" * 43 + "="])

    with pytest.raises(UnreadableText):
        waiting.read_items()


def test_with_the_wrong_keys_nothing_is_written_and_what_waits_is_kept(amina, lamps, settings):
    asks(amina, lamps)
    right = {name: getattr(settings, name) for name in encrypted.SETTINGS}
    for name in right:
        setattr(settings, name, ["q" * 43 + "="])
    asks(amina, lamps, email="ny@example.se")  # the page says that it must wait
    for act in (dialogue_batch.write, lambda: waiting.rewrite([])):
        with pytest.raises(UnreadableText):
            act()
    for name, keys in right.items():
        setattr(settings, name, keys)

    assert (dialogue_batch.write(), Follower.objects.get().email) == (True, ADDRESS)


def test_after_the_batch_neither_the_rows_nor_their_key_are_left(amina, lamps):
    asks(amina, lamps)
    rows = [bytes(row.sealed) for row in WaitingItem.objects.all()]
    with connection.cursor() as cursor:
        cursor.execute("SELECT key FROM surveys_waitingkey")
        (key,) = cursor.fetchone()
    dialogue_batch.write()
    left = b"\n".join(trace.content for trace in Evidence().traces)

    assert len(rows) == waiting.SLOTS
    assert [row for row in rows if row in left] == []
    assert key.encode() not in left


def test_a_batch_killed_before_its_end_loses_nothing_and_doubles_nothing(amina, lamps):
    asks(amina, lamps)
    env = os.environ | {"DATABASE_URL": database_url(), "DJANGO_SETTINGS_MODULE": "ostberga.settings"}
    killed = subprocess.run([sys.executable, "-c", KILLED], env=env, check=False)
    assert (killed.returncode, Follower.objects.count()) == (-signal.SIGKILL, 0)
    assert len(waiting.list_bodies(following.KIND)) == 1
    tasks.write_batch()
    tasks.send_follow_letters()
    tasks.write_batch()
    tasks.send_follow_letters()

    assert (Follower.objects.count(), FollowedIssue.objects.count(), len(mail.outbox)) == (1, 1, 1)


def test_the_queue_may_lose_everything(amina, lamps):
    asks(amina, lamps)
    redis_client().flushall()
    tasks.write_batch()
    tasks.send_follow_letters()
    redis_client().flushall()

    assert (Follower.objects.get().email, [letter.to for letter in mail.outbox]) == (ADDRESS, [[ADDRESS]])


def test_while_a_backup_reads_the_tables_the_batch_waits_and_she_does_not(amina, lamps, monkeypatch):
    monkeypatch.setattr(batch, "PATIENCE", batch.PATIENCE[:1])
    reading, done = threading.Event(), threading.Event()

    def back_up():
        with connection.cursor() as cursor:
            cursor.execute("BEGIN ISOLATION LEVEL REPEATABLE READ")
            cursor.execute("LOCK TABLE dialogue_follower, surveys_waitingitem IN ACCESS SHARE MODE")
            reading.set()
            done.wait(30)
            cursor.execute("ROLLBACK")
        connection.close()

    backup = threading.Thread(target=back_up)
    backup.start()
    reading.wait(30)
    asked, was_written = asks(amina, lamps), dialogue_batch.write()
    done.set()
    backup.join()

    assert (asked.status_code, was_written, Follower.objects.count()) == (302, False, 0)
    assert (dialogue_batch.write(), Follower.objects.count()) == (True, 1)


def test_on_a_busy_machine_the_batch_has_patience_until_the_tables_are_free(amina, lamps):
    asks(amina, lamps)
    with psycopg.connect(database_url()) as reader:
        reader.execute("LOCK TABLE dialogue_follower IN ACCESS SHARE MODE")
        threading.Timer(2 * batch.PATIENCE[0] / 1000, reader.rollback).start()

        assert (dialogue_batch.write(), Follower.objects.get().email) == (True, ADDRESS)


@pytest.mark.parametrize(("has_the_lock", "done_and_copied"), [(True, (False, 1)), (False, (True, 0))])
def test_a_backup_loses_nobody_if_it_has_the_lock_before_its_snapshot(has_the_lock, done_and_copied, amina, lamps):
    asks(amina, lamps)
    dialogue_batch.write()
    with psycopg.connect(database_url(), autocommit=True) as backup:
        if has_the_lock:
            backup.execute("SELECT pg_advisory_lock(hashtext('ostberga-batch'))")
        backup.execute("BEGIN ISOLATION LEVEL REPEATABLE READ")
        backup.execute("SELECT 1")  # the snapshot; pg_dump locks its tables after it
        was_written = dialogue_batch.write()
        ((copied,),) = backup.execute("SELECT count(*) FROM dialogue_follower").fetchall()
        backup.execute("SELECT pg_advisory_unlock_all()")

    assert (was_written, copied) == done_and_copied
    assert (dialogue_batch.write(), Follower.objects.count()) == (True, 1)


def test_the_backup_of_the_docs_holds_the_lock_while_it_copies(amina, lamps, tmp_path):
    asks(amina, lamps)
    dialogue_batch.write()
    (told,) = re.findall(r"```sh\n(psql[^`]*pg_dump.*?)```", Path("docs/drift.md").read_text(), re.DOTALL)
    spy = tmp_path / "pg_dump"  # a batch is due just when it begins
    spy.write_text(f"#!/bin/sh\n{sys.executable} -c '{BATCH}' && exec {program('pg_dump')} \"$@\"\n")
    spy.chmod(0o755)
    path = f"{tmp_path}:{program('psql').parent}:{os.environ['PATH']}"
    env = os.environ | {"DATABASE_URL": database_url(), "DJANGO_SETTINGS_MODULE": "ostberga.settings", "PATH": path}
    subprocess.run(["/bin/sh", "-c", told], env=env | {"PYTHONPATH": str(Path.cwd())}, cwd=tmp_path, check=True)
    copy = subprocess.check_output([program("pg_restore"), "--file=-", tmp_path / "ostberga.dump"], text=True)

    assert "COPY public.dialogue_follower " in copy
    assert "COPY public.surveys_waitingkey" not in copy


def test_what_one_writer_cannot_write_waits_and_stops_no_other(amina, lamps, monkeypatch, caplog):
    def fail(bodies):
        following.write(bodies)
        FollowedIssue.objects.update(issue_id=0)  # is found out at commit only

    asks(amina, lamps)
    waiting.put("new", {"by": "somebody"})
    written = []

    def write(new):
        written.extend(new)
        return []

    monkeypatch.setattr(dialogue_batch, "WRITERS", {following.KIND: fail, "new": write})
    done = dialogue_batch.write()

    assert (done, Follower.objects.count(), written) == (True, 0, [{"by": "somebody"}])
    assert "could not be written" in caplog.text
    monkeypatch.undo()
    assert (dialogue_batch.write(), Follower.objects.get().email) == (True, ADDRESS)


def test_a_restored_copy_without_the_key_begins_anew(amina, lamps):
    asks(amina, lamps)
    WaitingKey.objects.all().delete()
    asks(amina, lamps, email="ny@example.se")
    dialogue_batch.write()

    assert Follower.objects.get().email == "ny@example.se"


def test_nothing_is_sampled_of_the_tables_that_a_batch_rewrites(amina, lamps):
    asks(amina, lamps)
    dialogue_batch.write()
    names = [model._meta.db_table for model in (WaitingItem, WaitingKey, *dialogue_batch.TABLES)]
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
        cursor.execute("SELECT DISTINCT tablename FROM pg_stats WHERE tablename = ANY(%s)", [names])
        sampled = cursor.fetchall()
        cursor.execute("SELECT relname FROM pg_class WHERE relname = ANY(%s) AND reloptions IS NULL", [names])
        vacuumed = cursor.fetchall()

    assert (Follower.objects.count(), sampled, vacuumed) == (1, [], [])

"""The demo keeps its parts running: each is killed, and is there again at the same address with what it held."""

import signal
import subprocess
import sys

import psycopg
import pytest
import redis

from ostberga.local import folders, keeping, postgres, valkey
from ostberga.local.keeping import KeptPart
from ostberga.local.process import ServerFailed, spawn
from ostberga.local.stack import KeptProgram


@pytest.fixture
def places():
    made = folders.temporary_folders()
    yield made
    folders.remove(made)


@pytest.fixture
def keeps(places):
    """Return a function that starts a part to be kept; all are stopped at the end."""
    parts = []

    def start(name, how):
        log = places.sockets / f"{name}.log"
        parts.append(KeptPart(name, lambda: how(log), log, how(log)))
        return parts[-1]

    yield start
    for part in parts:
        part.stop()


def die(part):
    part.running.child.send_signal(signal.SIGKILL)
    part.running.child.wait()


def python(code):
    return lambda log: KeptProgram(spawn([sys.executable, "-c", code], log=log))


def test_a_program_that_dies_is_started_again_and_it_is_said(keeps):
    worker, beat = keeps("arbetaren", python("input()")), keeps("schemat", python("import time; time.sleep(600)"))
    worker.running.child.wait()
    said: list[str] = []
    before = beat.running.child.pid
    keeping.look_after([worker, beat], said.append)

    assert said == [f"arbetaren stannade och startas om. Loggen: {worker.log}", "arbetaren är igång igen."]
    assert beat.running.child.pid == before
    die(beat)
    keeping.look_after([beat], said.append)
    assert (beat.is_dead, beat.running.child.pid != before) == (False, True)


def test_what_dies_again_and_again_ends_the_demo_with_its_last_words(keeps):
    worker = keeps("arbetaren", python("raise SystemExit('inget minne kvar')"))

    def look():
        worker.running.child.wait()
        keeping.look_after([worker], lambda _words: None)

    for _time in range(keeping.DEATHS - 1):
        look()
    with pytest.raises(ServerFailed, match="arbetaren stannar gång på gång") as ended:
        look()

    assert "inget minne kvar" in str(ended.value)


@pytest.mark.slow
def test_the_database_keeps_what_was_written_though_its_process_was_killed(keeps, places):
    database = keeps("databasen", lambda log: postgres.start(places, log=log))
    url = database.running.url("postgres")
    with psycopg.connect(url, autocommit=True) as line:
        line.execute("CREATE TABLE said AS SELECT 'Mer ljus' AS words")
    busy = subprocess.Popen(
        [sys.executable, "-c", f"import psycopg; psycopg.connect({url!r}).execute('SELECT pg_sleep(60)')"],
        stderr=subprocess.DEVNULL,
    )
    die(database)
    keeping.look_after([database], lambda _words: None)
    with psycopg.connect(url) as line:
        written = line.execute("SELECT words FROM said").fetchall()

    assert written == [("Mer ljus",)]
    assert busy.wait(10) != 0  # nothing of the killed server is at work any more


def test_the_queue_keeps_what_waits_and_answers_at_the_same_address(keeps, places):
    queue = keeps("kön", lambda log: valkey.start_persistent(places.sockets / "kö", places.sockets, log=log))
    address = queue.running.url.replace("redis+socket", "unix")
    redis.Redis.from_url(address).set("waits", "1")
    die(queue)
    keeping.look_after([queue], lambda _words: None)

    assert (queue.running.url.replace("redis+socket", "unix"), redis.Redis.from_url(address).get("waits")) == (
        address,
        b"1",
    )

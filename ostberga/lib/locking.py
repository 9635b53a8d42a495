"""Locking rows in one order everywhere, so that two transactions never wait for each other (docs/architecture.md)."""

from django.db.models import Model


def lock(*rows: Model) -> None:
    """Lock and reload the rows, in the one order. In a transaction; raises DoesNotExist when one has been deleted."""
    for row in sorted(rows, key=_place):
        manager = type(row)._base_manager
        row.refresh_from_db(from_queryset=manager.select_for_update(of=("self",)))


def _place(row: Model) -> tuple[int, int]:
    return (0, row.pk)

"""The rows of the database that belong to a collaboration, to compare before and after somebody has acted."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from typing import Any, cast

from django.apps import apps
from django.db import connection, transaction
from django.db.models import ForeignKey, Model

from actors.models import Affiliation, Collaboration, Organisation, Responsibility, User
from tests.house.files import OUR_APPS

# A model's name and a key.
Row = tuple[str, Any]
# The values of all rows by key, for each model.
Tables = dict[type[Model], dict[Any, dict[str, Any]]]
# What several collaborations share. A row does not belong to a collaboration because it names one of these.
SHARED = (User, Organisation)


class Belongings:
    """What belongs to a collaboration, looked at after one act after another, each undone. Needs a transaction.

    All tables are read once; later only those that were written to since, by PostgreSQL's own counts.
    """

    def __init__(self, place: Collaboration) -> None:
        self.place, self._tables, self._writes = place, _read(_models()), _count_writes()
        self.before = self.rows()

    def rows(self) -> dict[Row, dict[str, Any]]:
        """Return the values of all rows that lead to the collaboration by foreign keys, of whatever app."""
        now = _count_writes()
        written = [model for model in _models() if now.get(_name(model)) != self._writes.get(_name(model))]
        return _leading_to(self.place, self._tables | _read(written)) | _common_rows(self.place)

    def changed(self) -> list[Row]:
        """Return the rows that came, went or are not the same as at first."""
        after = self.rows()
        return [key for key in self.before.keys() | after.keys() if self.before.get(key) != after.get(key)]

    @contextmanager
    def undone(self) -> Iterator[None]:
        """Undo what is written within, and forget that it was."""
        with transaction.atomic():
            yield
            transaction.set_rollback(True)
        self._writes = _count_writes()


def belongings(place: Collaboration) -> dict[Row, dict[str, Any]]:
    """Return the values of all rows that lead to this collaboration by foreign keys, of whatever app."""
    return _leading_to(place, _read(_models()))


def _read(models: Iterable[type[Model]]) -> Tables:
    return {model: {row[_key(model)]: row for row in cast(Any, model._base_manager.values())} for model in models}


def _count_writes() -> dict[str, int]:
    """Return how many rows this transaction has written to each table, also those that were undone since."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT relname, n_tup_ins + n_tup_upd + n_tup_del FROM pg_stat_xact_user_tables")
        return dict(cursor.fetchall())


def _leading_to(place: Collaboration, tables: Tables) -> dict[Row, dict[str, Any]]:
    ours: dict[type[Model], set[Any]] = defaultdict(set, {Collaboration: {place.pk}})
    grew = True
    while grew:
        before = sum(map(len, ours.values()))
        for model, rows in tables.items():
            links = _links(model)
            ours[model] |= {pk for pk, row in rows.items() if any(row[name] in ours[to] for name, to in links)}
        grew = sum(map(len, ours.values())) > before
    return {(model._meta.label, pk): tables[model][pk] for model in tables for pk in ours[model]}


def _common_rows(place: Collaboration) -> dict[Row, dict[str, Any]]:
    """Return the bodies that the collaboration shows, what they say of themselves, and the people it invited there."""
    shown = Organisation.objects.filter(partnerships__collaboration=place)
    of_bodies = {"organisation__in": shown}
    kinds: dict[str, Any] = {
        "body": shown.values(),
        "own responsibility": Responsibility.objects.filter(**of_bodies, collaboration=None).values(),
        "affiliation": Affiliation.objects.filter(
            **of_bodies, user__accepted_invitations__collaboration=place
        ).values(),
    }
    return {(kind, row["id"]): row for kind, rows in kinds.items() for row in rows}


def _models() -> list[type[Model]]:
    return [
        model
        for model in apps.get_models(include_auto_created=True)
        if model._meta.app_label in OUR_APPS and not model._meta.proxy
    ]


def _name(model: type[Model]) -> str:
    return model._meta.db_table


def _key(model: type[Model]) -> str:
    assert model._meta.pk is not None
    return model._meta.pk.attname


def _links(model: type[Model]) -> list[tuple[str, type[Model]]]:
    """The columns that lead to what can belong to one collaboration, with the model that each names."""
    keys = [field for field in model._meta.concrete_fields if isinstance(field, ForeignKey)]
    named = [(field.attname, cast(type[Model], field.related_model)) for field in keys]
    return [(name, to) for name, to in named if to not in (*SHARED, model)]

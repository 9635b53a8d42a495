"""Emptying a practice: every row that leads to it goes, of whatever table, and no other."""

from collections.abc import Iterator, Mapping
from functools import partial
from typing import Any

from django.apps import apps
from django.core.files.storage import default_storage
from django.db import IntegrityError, connection, models, transaction

from actors.models import Collaboration, User
from actors.rules.rights import PREPARE
from ostberga.lib.authorization import require
from ostberga.lib.locking import take_turns
from ostberga.lib.refusal import Refusal
from reports.models import Export, ReportVersion
from reports.rendering.files import DOWNLOADS, PICTURES

APPS = ("actors", "surveys", "dialogue", "reports")


@transaction.atomic
def empty_practice(*, collaboration: Collaboration, by: User) -> int:
    """Delete the collaboration's practice, with all that is in it. Returns how many rows went.

    The database has let in nothing real there, and practice_of of a collaboration never changes, so that what is
    deleted by it is made up. Raises Refusal when there is no practice, and when somebody works in it at this moment.
    """
    require(by, PREPARE, collaboration)
    take_turns(collaboration)
    practice = Collaboration.objects.filter(practice_of=collaboration).first()
    if practice is None:
        raise Refusal("Det finns ingen övning att tömma.", code="nothing")
    files = list(_files(practice))
    deleted = _delete_all(practice)
    transaction.on_commit(partial(_delete_files, files))
    return deleted


def _delete_all(practice: Collaboration) -> int:
    """Delete every row and the practice. Raises Refusal if a row came to a table that was empty already."""
    try:
        with transaction.atomic():
            deleted = sum(_delete(model, path, practice) for model, path in paths_to_collaboration())
            deleted += Collaboration.objects.filter(pk=practice.pk).delete()[0]
            connection.check_constraints()
    except IntegrityError:
        raise Refusal(
            "Någon arbetar i övningen just nu. Inget är borttaget. Försök igen om en stund.", code="in_use"
        ) from None
    return deleted


def paths_to_collaboration() -> list[tuple[type[models.Model], str]]:
    """Return each model that leads to a collaboration by foreign keys, with its way there, the longest way first.

    A way of keys that are never empty, where there is one: then every row leads to one collaboration by it.
    """
    ways: dict[type[models.Model], str] = {Collaboration: ""}
    for may_be_empty in (False, True):
        while further := _further(ways, may_be_empty=may_be_empty):
            ways |= further
    del ways[Collaboration]
    return sorted(ways.items(), key=lambda way: way[1].count("__"), reverse=True)


def _further(ways: Mapping[Any, str], *, may_be_empty: bool) -> dict[type[models.Model], str]:
    """The models that refer to one of those, and are none of them."""
    return {
        model: f"{key.name}__{ways[key.related_model]}".removesuffix("__")
        for model in apps.get_models(include_auto_created=True)
        if model._meta.app_label in APPS and model not in ways
        for key in model._meta.concrete_fields
        if isinstance(key, models.ForeignKey) and key.related_model in ways and (may_be_empty or not key.null)
    }


def _delete(model: type[models.Model], path: str, practice: Collaboration) -> int:
    """Delete the rows by one statement: what refers to them has gone or goes too, so no PROTECT stands in the way.

    The database checks the foreign keys when all is deleted, and undoes it should something real refer to a row.
    """
    rows: Any = model._base_manager.filter(**{path: practice})
    return int(rows._raw_delete(rows.db))


def _files(practice: Collaboration) -> Iterator[str]:
    """Yield the stored files of its reports and exports."""
    versions = ReportVersion.objects.filter(report__dialogue__collaboration=practice).exclude(pdf="")
    for path in versions.values_list("pdf", flat=True):
        folder = path.rpartition("/")[0]
        yield from (f"{folder}/{name}" for name in (*DOWNLOADS, *PICTURES))
    yield from Export.objects.filter(collaboration=practice).exclude(file="").values_list("file", flat=True)


def _delete_files(names: list[str]) -> None:
    for name in names:
        default_storage.delete(name)

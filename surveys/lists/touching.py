"""Whether somebody has touched what an import made: the rows that hang on a thing, now and when it came in.

Everything that points at the thing counts, through any foreign key, so a table that is added later counts too.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from django.apps import apps
from django.db.models import ForeignKey, Model
from django.utils.crypto import salted_hmac

from ostberga.lib.privacy.encrypted import EncryptedTextField

State = dict[str, str]  # digests of rows, by «app.model.key»
SALT, DIGITS = "surveys.lists", 16
# Changed by machine, or when others are moved. Encrypted words are never changed, and leave no digest.
_NOT_COMPARED = {"search", "position"}
_LOGS = {"surveys.codingevent", "dialogue.dialogueevent"}  # of what has its own rows as well, mostly


def name_of(thing: Model) -> str:
    """Return the name of a row: «app.model.key»."""
    return f"{thing._meta.label_lower}.{thing.pk}"


def states_of(things: Iterable[Model]) -> dict[str, State]:
    """Return what stands in each thing, and in all that hangs on it, by the thing's name. A missing one has none."""
    keys = defaultdict(set)
    for thing in things:
        keys[type(thing)].add(thing.pk)
    states: dict[str, State] = {}
    for model, of_model in keys.items():
        states |= _states(model, of_model)
    return states


def _states(model: type[Model], keys: Iterable[Any]) -> dict[str, State]:
    """Follow the foreign keys that lead to these rows, one query for each table and step."""
    label = model._meta.label_lower
    states: dict[str, State] = {f"{label}.{key}": {} for key in keys}
    waiting: list[tuple[type[Model], dict[Any, set[str]]]] = [(model, {key: {f"{label}.{key}"} for key in keys})]
    while waiting:
        table, holders = waiting.pop()
        for key, digest in _digests(table, holders):
            for holder in holders[key]:
                states[holder][f"{table._meta.label_lower}.{key}"] = digest
        waiting += _pointing_at(table, holders, states)
    return states


def _digests(table: type[Model], keys: Iterable[Any]) -> Iterator[tuple[Any, str]]:
    compared = [
        field.attname
        for field in table._meta.concrete_fields
        if field.name not in _NOT_COMPARED and not isinstance(field, EncryptedTextField)
    ]
    for key, *values in table._base_manager.filter(pk__in=list(keys)).values_list("pk", *compared):
        yield key, salted_hmac(SALT, repr([str(value) for value in values])).hexdigest()[:DIGITS]


def _pointing_at(
    table: type[Model], holders: Mapping[Any, set[str]], states: Mapping[str, State]
) -> Iterator[tuple[type[Model], dict[Any, set[str]]]]:
    """Yield the rows with a foreign key to these ones, with whom they hang on, but for those that stand there."""
    for relation in table._meta.get_fields(include_hidden=True):
        field = getattr(relation, "field", None)
        if not isinstance(field, ForeignKey) or relation.concrete:
            continue
        label = field.model._meta.label_lower
        hanging: dict[Any, set[str]] = {}
        rows = field.model._base_manager.filter(**{f"{field.name}__in": list(holders)})
        for key, held in rows.values_list("pk", field.attname):
            if new := {holder for holder in holders[held] if f"{label}.{key}" not in states[holder]}:
                hanging.setdefault(key, set()).update(new)
        if hanging:
            yield field.model, hanging


def say_why(thing: Model, then: State | None, now: State) -> str:
    """Return in Swedish what has been done to the thing since it came in; empty when nothing has."""
    if then is None:
        return "Vi vet inte hur den såg ut när den kom in."
    names = {name for name in then.keys() | now.keys() if then.get(name) != now.get(name)}
    if not names:
        return ""
    parts = ["den är ändrad"] if name_of(thing) in names else []
    labels = {name.rpartition(".")[0] for name in names - {name_of(thing)}}
    if words := sorted(_word(label, type(thing)) for label in (labels - _LOGS or labels)):
        parts.append(f"tillkommet eller ändrat: {', '.join(words)}")
    return f"Sedan dess: {'; '.join(parts)}."


def _word(label: str, seen_from: type[Model]) -> str:
    """Return what the rows of a table are called; a table between two models is called as the other one."""
    table = apps.get_model(label)
    ends = [field.related_model for field in table._meta.concrete_fields if isinstance(field, ForeignKey)]
    others = [end._meta for end in ends if not isinstance(end, str) and end is not seen_from]
    return str((others[0] if table._meta.auto_created and others else table._meta).verbose_name_plural)

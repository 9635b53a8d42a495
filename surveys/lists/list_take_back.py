"""Taking back an imported list: what nobody has touched since is deleted, all else stays and is told."""

from collections import Counter
from collections.abc import Collection, Mapping
from typing import Any

from django.apps import apps
from django.db import IntegrityError, transaction
from django.db.models import Model
from django.utils import timezone

from actors.models import User
from actors.rules.rights import COORDINATE
from ostberga.lib.authorization import require
from ostberga.lib.locking import place_in_order
from ostberga.lib.refusal import Refusal
from surveys.lists.declared import ListKind
from surveys.lists.touching import name_of, say_why, states_of
from surveys.models import ListImport

_HELD = "Något annat bygger på den."


def foresee(kind: ListKind, done: ListImport) -> tuple[int, list[tuple[str, str]]]:
    """Return how many go when the import is taken back, and what stays, or has stayed: each thing's name, and why.

    The name is what others may read: of a statement that nobody has confirmed, only that it is one.
    """
    things = kind.model._default_manager.in_bulk(done.keys)
    why = done.stayed if done.taken_back_at else _find_touched(things.values(), done)
    staying = [(str(thing), why[str(thing.pk)]) for thing in things.values() if str(thing.pk) in why]
    return len(things) - len(staying), staying


def foresee_beside(kind: ListKind, done: ListImport) -> str:
    """Return what goes of that which the import made beside its rows, as «2 teman»; empty when nothing of it does."""
    rows = kind.model._default_manager.in_bulk(done.keys)
    stays = _find_touched(rows.values(), done)
    going = states_of(row for key, row in rows.items() if str(key) not in stays)
    gone = {name for state in going.values() for name in state}
    keys = _keys_by_label(kind, done)
    del keys[kind.model._meta.label_lower]
    counts: Counter[type[Model]] = Counter()
    for label, of_label in keys.items():
        model = apps.get_model(label)
        states = states_of(model._base_manager.filter(pk__in=of_label))
        left = {name: {key: state[key] for key in state.keys() - gone} for name, state in states.items()}
        counts[model] = sum(state == {name: done.states[name].get(name)} for name, state in left.items())
    told = [(count, model._meta) for model, count in counts.items() if count]
    return ", ".join(f"{n} {meta.verbose_name if n == 1 else meta.verbose_name_plural}" for n, meta in told)


@transaction.atomic
def take_back(*, kind: ListKind, done: ListImport, by: User) -> ListImport:
    """Delete what the import made, as far as nobody has touched it since. Raises Refusal when it is taken back."""
    done = ListImport.objects.select_for_update(no_key=True, of=["self"]).get(pk=done.pk)
    require(by, COORDINATE, done.collaboration)
    if done.taken_back_at is not None:
        raise Refusal("Importen är redan tillbakatagen.", code="already_taken_back")
    held = _hold(kind, done)
    rows = held.pop(kind.model)
    done.stayed = _find_touched(rows.values(), done)
    for key, thing in rows.items():
        if str(key) not in done.stayed and not _delete(kind, thing):
            done.stayed[str(key)] = _HELD
    _delete_beside(held, done)
    done.kept, done.states = len(done.stayed), {}
    done.taken_back_at, done.taken_back_by = timezone.now(), by
    done.save(update_fields=["kept", "stayed", "states", "taken_back_at", "taken_back_by"])
    return done


def _find_touched(things: Collection[Model], done: ListImport) -> dict[str, str]:
    """Return why each thing stays that somebody has touched, by its key."""
    now = states_of(things)
    why = {str(thing.pk): say_why(thing, done.states.get(name_of(thing)), now[name_of(thing)]) for thing in things}
    return {key: reason for key, reason in why.items() if reason}


def _hold(kind: ListKind, done: ListImport) -> dict[type[Model], dict[Any, Model]]:
    """Lock the rows of the import and what it made beside them, in the one order, and return them by their keys.

    The key as well: nothing can begin to point at what is about to be deleted.
    """
    keys = _keys_by_label(kind, done)
    held = {}
    for label in sorted(keys, key=place_in_order):
        model = apps.get_model(label)
        held[model] = model._base_manager.select_for_update(of=["self"]).order_by("pk").in_bulk(keys[label])
    return held


def _keys_by_label(kind: ListKind, done: ListImport) -> dict[str, list[str]]:
    """Return the keys of the rows of the import, and of what it made beside them, by their models' labels."""
    keys: dict[str, list[str]] = {kind.model._meta.label_lower: done.keys}
    for name in done.states:
        label, _, key = name.rpartition(".")
        if label != kind.model._meta.label_lower:
            keys.setdefault(label, []).append(key)
    return keys


def _delete(kind: ListKind, thing: Model) -> bool:
    try:
        with transaction.atomic():
            kind.take_back(thing)
    except (IntegrityError, Refusal):
        return False
    return True


def _delete_beside(held: Mapping[type[Model], Mapping[Any, Model]], done: ListImport) -> None:
    """Delete what the import made beside its rows, where it stands as it was made and nothing hangs on it now."""
    for thing in (thing for things in held.values() for thing in things.values()):
        name = name_of(thing)
        if states_of([thing])[name] == {name: done.states[name][name]}:
            thing.delete()

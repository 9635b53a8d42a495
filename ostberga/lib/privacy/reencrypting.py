"""Putting what is encrypted under the first key of its setting, while the site runs, so that an older key can go."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from allauth.mfa.models import Authenticator
from django.apps import apps
from django.db import connection, transaction

from ostberga.lib.privacy.encrypted import EncryptedTextField, UnreadableText, is_current, rotate

PORTION = 200
SECOND_FACTORS = "SECOND_FACTOR_KEYS"
# What allauth encrypts in an authenticator's data.
_SECRETS = ("secret", "seed")


@dataclass(frozen=True)
class EncryptedColumn:
    """A column of tokens, and the setting whose first key it belongs under."""

    table: str
    key: str
    name: str
    setting: str


def columns() -> Iterator[EncryptedColumn]:
    """Yield every encrypted field of every model."""
    for model in apps.get_models():
        for field in model._meta.local_fields:
            if isinstance(field, EncryptedTextField):
                yield EncryptedColumn(model._meta.db_table, str(model._meta.pk.column), field.column, field.keys)


def reencrypt(column: EncryptedColumn, *, dry_run: bool = False) -> Counter[str]:
    """Rewrite the column in random order. Returns how many were current, rewritten and unreadable."""
    with connection.cursor() as cursor:
        cursor.execute(_sql("SELECT {key} FROM {table} WHERE {name} <> '' ORDER BY random()", column))
        keys = [key for (key,) in cursor.fetchall()]
    done: Counter[str] = Counter()
    for portion in batched_keys(keys):
        done += _reencrypt_portion(column, portion, dry_run=dry_run)
    return done


def batched_keys(keys: list[Any]) -> Iterator[list[Any]]:
    """Yield the keys in portions."""
    for start in range(0, len(keys), PORTION):
        yield keys[start : start + PORTION]


@transaction.atomic
def _reencrypt_portion(column: EncryptedColumn, keys: list[Any], *, dry_run: bool) -> Counter[str]:
    done: Counter[str] = Counter()
    with connection.cursor() as cursor:
        cursor.execute(_sql("SELECT {key}, {name} FROM {table} WHERE {key} = ANY(%s) FOR UPDATE", column), [keys])
        for key, token in cursor.fetchall():
            outcome, new = _judge(token, column.setting)
            done[outcome] += bool(token)
            if new and not dry_run:
                cursor.execute(_sql("UPDATE {table} SET {name} = %s WHERE {key} = %s", column), [new, key])
    return done


@transaction.atomic
def reencrypt_second_factors(*, dry_run: bool = False) -> Counter[str]:
    """The same for the secrets of codes and recovery codes, which lie inside allauth's data."""
    done: Counter[str] = Counter()
    for factor in Authenticator.objects.select_for_update(no_key=True):
        for name in _SECRETS:
            if isinstance(token := factor.data.get(name), str):
                outcome, new = _judge(token, SECOND_FACTORS)
                done[outcome] += 1
                factor.data[name] = new or token
        if not dry_run:
            factor.save(update_fields=["data"])
    return done


def _judge(token: str, setting: str) -> tuple[str, str]:
    """Return what is the matter with the token, and the new one if it should be rewritten."""
    if not token or is_current(token, setting):
        return "current", ""
    try:
        return "rewritten", rotate(token, setting)
    except UnreadableText:
        return "unreadable", ""


def _sql(template: str, column: EncryptedColumn) -> str:
    quote = connection.ops.quote_name
    return template.format(table=quote(column.table), key=quote(column.key), name=quote(column.name))

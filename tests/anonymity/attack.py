"""The attack: everything in the database, dead rows too, and the queue's files, as an attacker with all keys reads it.

A person's two traces are looked up by what they contain (a key, an address, a hash). Every place where a trace is found
gives signals: row versions, places, times, sizes, order. Each signal of the one trace is then tried against each of the
other, by rank and by what comes next. A guess that knows nothing is right for about one of the pairs.
"""

import random
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from math import exp
from pathlib import Path

from django.db import connection

from ostberga.lib.privacy.encrypted import UnreadableText, decrypt
from ostberga.lib.servers.redis_client import cache_client, redis_client

PAIRS = 60
SEED = 20261125
# How unlikely the right guesses of one trial must be before they are no longer chance.
UNLIKELY = 2e-7

_LIVE = "SELECT xmin::text::bigint, xmax::text::bigint, cmin::text::bigint, ctid::text, whole::text FROM {} whole"
_DEAD = """
  SELECT t_xmin::text::bigint, t_xmax::text::bigint, t_field3, page, lp, t_data
  FROM generate_series(0, pg_relation_size({0}::regclass) / 8192 - 1) page,
       heap_page_items(get_raw_page({0}, page::int)) WHERE t_data IS NOT NULL
"""
_TOKEN = re.compile(r"gAAAA[\w-]+={0,2}")
_TIME = re.compile(r"\d{4}-\d\d-\d\d \d\d:\d\d:\d\d[.\d]*")

Signals = dict[str, float]


@dataclass(frozen=True)
class Trace:
    """A row version, alive or dead, or a place in a file: what it contains, and what it tells."""

    where: str
    content: bytes
    signals: Mapping[str, float]


class Evidence:
    """All that the attacker has."""

    def __init__(self) -> None:
        self.traces = [*_rows(), *_queue_files()]

    def versions(self, table: str) -> list[Trace]:
        """The row versions of a table, dead ones too."""
        return [trace for trace in self.traces if trace.where in {f"{table} alive", f"{table} version"}]

    def signals(self, needles: Sequence[bytes]) -> Signals:
        """What is told of somebody by all traces that contain one of these: the first and the last of each signal."""
        told: dict[str, list[float]] = {}
        for trace in self.traces:
            if any(needle in trace.content for needle in needles):
                for name, value in trace.signals.items():
                    told.setdefault(f"{trace.where} {name}", []).append(value)
        ends = {f"first {name}": min(values) for name, values in told.items()}
        return ends | {f"last {name}": max(values) for name, values in told.items()}


def try_all(left: Sequence[Sequence[bytes]], right: Sequence[Sequence[bytes]]) -> dict[str, int]:
    """Right guesses by way of guessing. `left[n]` and `right[n]` are what the two traces of person n contain."""
    evidence, chance = Evidence(), random.Random(SEED)
    people = range(len(left))
    ones, others = ([evidence.signals(needles) for needles in side] for side in (left, right))
    guesses: dict[str, int] = {}
    for one in _names(ones):
        for other in _names(others):
            a, b = [signals.get(one, -1) for signals in ones], [signals.get(other, -1) for signals in others]
            guesses[f"{one} ~ {other} by rank"] = _by_rank(a, b, people, chance)
            guesses[f"{one} ~ {other} by what comes next"] = _by_next(a, b, people, chance)
    return guesses


def most_by_chance(expected: float = 1) -> int:
    """As many right guesses as chance gives: more are UNLIKELY. Poisson; one is expected of any number of pairs."""
    number, probability = 0, exp(-expected)
    below = probability
    while 1 - below > UNLIKELY:
        number += 1
        probability *= expected / number
        below += probability
    return number


def too_good(guesses: Mapping[str, int], expected: float = 1) -> dict[str, int]:
    """The ways of guessing that are better than chance. `expected` right guesses are what anybody may know."""
    return {name: right for name, right in guesses.items() if right > most_by_chance(expected)}


def uuid_needles(key: object) -> list[bytes]:
    """A UUID as it lies in a row, as text, and as text without dashes."""
    text = str(key)
    return [bytes.fromhex(text.replace("-", "")), text.encode(), text.replace("-", "").encode()]


def _names(people: Sequence[Signals]) -> list[str]:
    return sorted({name for signals in people for name in signals})


def _by_rank(a: Sequence[float], b: Sequence[float], people: range, chance: random.Random) -> int:
    """Both sides in order, ties at random: the first with the first."""
    ones, others = ([n for *_, n in sorted((side[n], chance.random(), n) for n in people)] for side in (a, b))
    return sum(one == other for one, other in zip(ones, others, strict=True))


def _by_next(a: Sequence[float], b: Sequence[float], people: range, chance: random.Random) -> int:
    """For each on the left, the one on the right that came just after or at the same time, ties at random."""
    right = 0
    for person in people:
        nearest = min(people, key=lambda n: (abs(b[n] - a[person]) + (b[n] < a[person]), chance.random()))
        right += nearest == person
    return right


def _rows() -> Iterator[Trace]:
    with connection.cursor() as cursor:
        cursor.execute("CREATE EXTENSION IF NOT EXISTS pageinspect")
        cursor.execute(
            "SELECT oid::regclass::text, relkind FROM pg_class WHERE relkind IN ('r', 't', 'm') AND oid >= 16384"
            " UNION ALL SELECT 'pg_statistic', 'r'"  # what ANALYZE has sampled, also before
        )
        for name, kind in cursor.fetchall():
            if kind == "r":
                cursor.execute(_LIVE.format(name))
                for xmin, xmax, cmin, ctid, text in cursor.fetchall():
                    yield Trace(f"{name} alive", _opened(text), _told(xmin, xmax, cmin, _place(ctid), text))
            cursor.execute(_DEAD.format(f"'{name}'"))
            for xmin, xmax, cmin, page, line, data in cursor.fetchall():
                place = page * 1000 + line
                yield Trace(f"{name} version", bytes(data), _told(xmin, xmax, cmin, place, bytes(data).hex()))


def _told(xmin: int, xmax: int, cmin: int, place: float, text: str) -> Signals:
    told = {"xmin": xmin, "xmax": xmax, "cmin": cmin, "place": place, "size": len(text)}
    if times := _TIME.findall(text):
        told["time"] = float(re.sub(r"\D", "", min(times))[:20].ljust(20, "0"))
    return told


def _place(ctid: str) -> float:
    page, line = ctid.strip("()").split(",")
    return int(page) * 1000 + int(line)


def _opened(text: str) -> bytes:
    """A row as text, and after it what all keys open in it."""
    opened = [text]
    for token in _TOKEN.findall(text):
        try:
            opened.append(decrypt(token))
        except UnreadableText:
            opened.append("")
    return "\n".join(opened).encode()


def _queue_files() -> Iterator[Trace]:
    """The queue's and the cache's snapshots and logs on disk; every command is a trace, in order."""
    for client in {redis_client(), cache_client()}:
        folder = Path(str(client.config_get("dir")["dir"]))
        for path in (path for path in folder.rglob("*") if path.suffix in {".aof", ".rdb"}):
            for number, command in enumerate(path.read_bytes().split(b"*")):
                yield Trace("queue", command, {"order": number, "size": len(command)})

"""One question to the application, after which everything is as it was before."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass, fields
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

from django.conf import settings
from django.core.cache import cache
from django.db import InternalError, connection, transaction
from django.test import Client
from django.utils import translation
from responses import people
from responses.bodies import readable
from responses.stillness import chance

from actors.models import Letter

FORM = "application/x-www-form-urlencoded"
# Headers that follow from the body.
DERIVED = {"Content-Length"}
ALL_SEQUENCES = "SELECT schemaname || '.' || sequencename, last_value FROM pg_sequences"

WRITTEN = "SELECT relid::regclass::text FROM pg_stat_xact_user_tables WHERE n_tup_ins + n_tup_upd + n_tup_del > 0"

Pairs = tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class PlannedRequest:
    """What is asked, by whom. `target` is the element that htmx wants to replace; None when htmx does not ask."""

    who: str
    method: str
    path: str
    target: str | None = None
    data: Pairs = ()
    label: str = ""
    before: tuple[str, Pairs] | None = None  # what the same person sends first; without data she only asks

    @property
    def name(self) -> str:
        """What the answer is found by."""
        htmx = "" if self.target is None else f" htmx #{self.target}"
        first = f" after {self.before[0]}" if self.before else ""
        return f"{self.who} {self.method} {self.path}{htmx}" + (f" [{self.label}]" if self.label else "") + first

    def as_json(self) -> dict[str, Any]:
        """For a file."""
        return asdict(self)


def from_json(row: dict[str, Any]) -> PlannedRequest:
    """The question that was written to a file."""
    known = {field.name: row[field.name] for field in fields(PlannedRequest) if field.name in row}
    if first := known.get("before"):
        known["before"] = (first[0], _pairs(first[1]))
    return PlannedRequest(**known | {"data": _pairs(row["data"])})


def _pairs(rows: list[list[str]]) -> Pairs:
    return tuple((name, value) for name, value in rows)


class Asker:
    """Asks on behalf of everyone. The database, the cache, the files, the clock and chance are the same each time."""

    def __init__(self) -> None:
        self._client = Client(raise_request_exception=False)  # one: each would load all middleware anew
        self._cookies: dict[str, str] = {}
        for who in (*people.EVERYBODY, people.KEPT, people.ADMIN):
            chance.begin(f"session of {who}")
            self._cookies[who] = people.cookie_of(who, settings.SESSION_COOKIE_NAME)
        self._rewind = _rewind_sequences()
        self._letters = set(Letter.objects.values_list("pk", flat=True))
        self._files = set(_files())

    def ask(self, question: PlannedRequest) -> dict[str, Any]:
        """The answer; where it is a redirection to ourselves or letters were written, those too."""
        with self.apart(question.name):
            settings.KEEP_PUBLIC_PAGES = question.who == people.KEPT
            client = self._client
            client.cookies.clear()
            if key := self._cookies[question.who]:
                client.cookies[settings.SESSION_COOKIE_NAME] = key
            if question.before:
                path, data = question.before
                _send(client, PlannedRequest(question.who, "POST" if data else "GET", path, None, data))
            response = _send(client, question)
            answer = _told(response)
            if question.method == "POST" and (next_page := _own_address(response)):
                answer["then"] = _told(client.get(next_page))
            if letters := self.new_letters():
                answer["letters"] = letters
        return answer

    @contextmanager
    def apart(self, name: str) -> Iterator[None]:
        """Whatever is done in here leaves no trace, and chance follows from the name."""
        cache.clear()
        with connection.cursor() as cursor:
            cursor.execute(self._rewind)
        chance.begin(name)
        with translation.override("sv"), transaction.atomic():
            yield
            written = _written_tables()
            transaction.set_rollback(True)
        _tidy(written)
        for path in set(_files()) - self._files:
            path.unlink()

    def new_letters(self) -> str:
        """Letters that were not there before, whole, in the order of what they say."""
        try:
            rows: list[Any] = list(Letter.objects.exclude(pk__in=self._letters).values())
        except InternalError:
            return "The transaction was broken."
        return "\n\n".join(sorted("\n".join(f"{name}: {row[name]}" for name in row if name != "id") for row in rows))


def _send(client: Client, question: PlannedRequest) -> Any:
    headers = {}
    if question.target is not None:
        headers = {"HX-Request": "true"} | ({"HX-Target": question.target} if question.target else {})
    if question.method == "POST":
        body = urlencode(question.data)
        return client.post(question.path, body, content_type=FORM, headers=headers)
    return client.get(question.path, headers=headers)


def _own_address(response: Any) -> str:
    """Where a redirection (htmx's too) leads, if to ourselves."""
    place = response.headers.get("Location") or response.headers.get("HX-Redirect") or ""
    return place if place.startswith("/") and not place.startswith("//") else ""


def _told(response: Any) -> dict[str, Any]:
    """The answer without what chance or the body alone decides."""
    content = b"".join(response.streaming_content) if response.streaming else response.content
    kind = response.headers.get("Content-Type", "")
    cookies = [
        f"{name} {sorted(set(item.items()) - {('expires', item['expires'])})}"
        for name, item in response.cookies.items()
        for name, item in response.cookies.items()
    ]
    told = {
        "status": response.status_code,
        "headers": {name: value for name, value in sorted(response.headers.items()) if name not in DERIVED},
        "cookies": sorted(cookies),
        "body": readable(kind, content),
    }
    if error := getattr(response, "exc_info", None):
        told["error"] = f"{error[0].__name__}: {error[1]}"
    return told


def _rewind_sequences() -> str:
    """A command that puts every counter back (a rolled-back row has taken its number), and PostgreSQL's own chance."""
    with connection.cursor() as cursor:
        cursor.execute(ALL_SEQUENCES)
        calls = [
            f"setval('{name}', {value or 1}, {str(value is not None).lower()})" for name, value in cursor.fetchall()
        ]
    return "; ".join(f"SELECT {call}" for call in [*calls, "setseed(0.5)"])


def _written_tables() -> list[str]:
    """The tables that this transaction has written to, as far as it can still be asked."""
    try:
        with connection.cursor() as cursor:
            cursor.execute(WRITTEN)
            return [name for (name,) in cursor.fetchall()]
    except InternalError:
        return []


def _tidy(tables: list[str]) -> None:
    """Give back the room of what was rolled back: rows that no query puts in order then lie as they always did."""
    if tables:
        with connection.cursor() as cursor:
            cursor.execute(f"VACUUM (INDEX_CLEANUP ON) {', '.join(tables)}")


def _files() -> Iterator[Path]:
    return (path for path in Path(settings.MEDIA_ROOT).rglob("*") if path.is_file())

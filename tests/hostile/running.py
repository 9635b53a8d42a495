"""Sends hostile requests to the site within this process, and notes what fails. Nothing that they do is kept."""

import logging
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from http.cookies import SimpleCookie
from random import Random
from typing import Any
from urllib.parse import quote, urlencode

from django.db import connection, transaction
from django.test import Client
from django.urls import get_resolver

from tests.hostile import values
from tests.hostile.forms import PageForm, read
from tests.house import addresses, doors


class Tracebacks(logging.Handler):
    """Keeps the errors that are logged with a traceback."""

    def __init__(self) -> None:
        super().__init__(logging.ERROR)
        self.kinds: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        """Note the kind of the error and where it was raised."""
        refused = getattr(record, "status_code", 500) < 500  # written without its traceback (PrivateFormatter)
        if not refused and record.exc_info and (error := record.exc_info[1]) is not None:
            place = error.__traceback__
            while place is not None and place.tb_next is not None:
                place = place.tb_next
            where = f"{place.tb_frame.f_code.co_filename}:{place.tb_lineno}" if place else ""
            self.kinds.append(f"{type(error).__name__} {str(error)[:120]!r} at {where}")


@dataclass
class Outcome:
    """What came of the requests."""

    sent: int = 0
    statuses: dict[int, int] = field(default_factory=dict)
    failures: list[str] = field(default_factory=list)


class Attack:
    """Everything that can be sent to a district, by each role."""

    def __init__(self, district: doors.District, browse: Callable[..., Client], seed: int, pages: int) -> None:
        self.random = Random(seed)
        self.pages = pages  # at most, to collect a role's forms from
        self.clients = {role: browse(person) for role, person in district.people.items()}
        for client in self.clients.values():
            client.raise_request_exception = False
        self.signed_in = {role: dict(client.cookies) for role, client in self.clients.items()}
        self.paths = sorted(
            {*_allauth(), *(district.path_to(address) for address in addresses.ours() if address.route)}
        )
        self.forms = self._collect_forms()

    def run(self, number: int, seconds: float) -> Outcome:
        """Send up to `number` requests within `seconds`."""
        outcome, log, end = Outcome(), Tracebacks(), time.perf_counter() + seconds
        logging.getLogger().addHandler(log)
        try:
            while outcome.sent < number and time.perf_counter() < end:
                self._send_one(outcome, log)
        finally:
            logging.getLogger().removeHandler(log)
        return outcome

    def _send_one(self, outcome: Outcome, log: Tracebacks) -> None:
        role = self.random.choice(list(self.clients))
        kind, arguments = self._request(role)
        log.kinds.clear()
        self.clients[role].cookies = SimpleCookie(self.signed_in[role])  # an earlier request may have signed out
        page = _rolled_back(self.clients[role], arguments)
        outcome.sent += 1
        outcome.statuses[page.status_code] = outcome.statuses.get(page.status_code, 0) + 1
        if page.status_code >= 500 or log.kinds:
            shown = str({name: arguments[name] for name in ("path", "data", "method") if name in arguments})[:300]
            outcome.failures.append(f"{page.status_code} {role} {kind} {shown} {log.kinds[-1:]}")

    def _request(self, role: str) -> tuple[str, dict[str, Any]]:
        """Return a kind and the arguments of Client.generic for one hostile request."""
        make = self.random.choices(
            [self._form, self._query, self._path, self._body, self._header, self._method], [60, 15, 8, 8, 6, 3]
        )[0]
        arguments = make(role)
        arguments.setdefault("REMOTE_ADDR", f"10.{self.random.randrange(256)}.{self.random.randrange(256)}.1")
        return make.__name__, arguments

    def _text(self) -> str:
        return self.random.choice(values.TEXTS)

    def _form(self, role: str) -> dict[str, Any]:
        form = self.random.choice(self.forms[role] or [PageForm("POST", "/folj/")])
        fields = [(name, self._text() if self.random.random() < 0.35 else value) for name, value in form.fields]
        fields = [pair for pair in fields if self.random.random() < 0.85]
        if self.random.random() < 0.2:
            fields.append((self.random.choice(values.NAMES), self._text()))
        if form.method == "GET":
            return {"method": "GET", "path": form.action, "QUERY_STRING": _encoded(fields)}
        data: dict[str, Any] = {}
        for name, value in fields:
            data.setdefault(name, []).append(value)
        data |= {name: values.file(self.random) for name in form.files if self.random.random() < 0.7}
        return {"method": "POST", "path": form.action, "data": data}

    def _query(self, role: str) -> dict[str, Any]:
        names = [
            *values.NAMES,
            *(name for form in self.forms[role] for name, _value in form.fields if form.method == "GET"),
        ]
        pairs = [(self.random.choice(names), self._text()) for _number in range(self.random.randint(1, 4))]
        return {"method": "GET", "path": self.random.choice(self.paths), "QUERY_STRING": _encoded(pairs)}

    def _path(self, _role: str) -> dict[str, Any]:
        parts = self.random.choice(self.paths).split("/")
        parts[self.random.randrange(len(parts))] = quote(self._text()[:2000].encode("utf-8", "surrogatepass"))
        return {"method": self.random.choice(["GET", "POST"]), "path": "/" + "/".join(parts).lstrip("/")}

    def _body(self, role: str) -> dict[str, Any]:
        form = self.random.choice(self.forms[role] or [PageForm("POST", "/folj/")])
        kind = self.random.choice(
            [*values.CONTENT_TYPES, "multipart/form-data; boundary=x", "application/x-www-form-urlencoded"]
        )
        return {"method": "POST", "path": form.action, "body": self.random.choice(values.BODIES), "content_type": kind}

    def _header(self, _role: str) -> dict[str, Any]:
        headers = {**self.random.choice(values.HEADERS), **self.random.choice(values.HEADERS)}
        method = self.random.choice(["GET", "POST"])
        return {"method": method, "path": self.random.choice(self.paths), "headers": headers}

    def _method(self, _role: str) -> dict[str, Any]:
        return {"method": self.random.choice(values.METHODS), "path": self.random.choice(self.paths)}

    def _collect_forms(self) -> dict[str, list[PageForm]]:
        """Return the forms that each role is shown, at the addresses and where the links on those pages lead."""
        return {role: self._forms_of(role) for role in self.clients}

    def _forms_of(self, role: str) -> list[PageForm]:
        forms: dict[tuple[str, ...], PageForm] = {}
        waiting = self.random.sample(self.paths, len(self.paths))
        seen = set(waiting)
        for _page in range(min(self.pages, len(waiting))):
            path = waiting.pop(0)
            self.clients[role].cookies = SimpleCookie(self.signed_in[role])
            shown, links = read(_rolled_back(self.clients[role], {"method": "GET", "path": path}), path)
            forms |= {(form.method, form.action, *(name for name, _value in form.fields)): form for form in shown}
            fresh = {link for link in links if "?" not in link} - seen
            waiting += sorted(fresh)
            seen |= fresh
        return [form for form in forms.values() if form.action.startswith("/")]


def _rolled_back(client: Client, arguments: dict[str, Any]) -> Any:
    with transaction.atomic():
        page = _send(client, **arguments)
        if page.streaming:
            page.content_read = b"".join(page.streaming_content)
        if not connection.needs_rollback:
            transaction.set_rollback(True)
    return page


def _send(client: Client, *, method: str, path: str, **more: Any) -> Any:
    if "data" in more:
        return client.post(path, more.pop("data"), **more)
    body, kind = more.pop("body", b""), more.pop("content_type", "application/x-www-form-urlencoded")
    return client.generic(method, path, body, kind, **more)


def _encoded(pairs: list[tuple[str, str]]) -> str:
    return urlencode([(name, value[:3000]) for name, value in pairs], errors="surrogatepass")


def _allauth() -> Iterator[str]:
    for _pattern, route in addresses._walk(get_resolver().url_patterns, ""):
        if route.startswith(("konto/", "admin/")):
            yield addresses._sample(route, "ostberga") if "(?P" not in route and "^" not in route else "/konto/"

"""How often one client may send each public form before its browser must work or wait for it. Nothing is ever lost."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from ostberga.http import proof_of_work
from ostberga.lib.mailboxes import mailbox_typed
from ostberga.lib.privacy.client_key import client_key
from ostberga.lib.privacy.known_browser import knows
from ostberga.lib.privacy.rate_limit import count, counted, keyed_hash
from ostberga.lib.web.origin import is_foreign

GetResponse = Callable[[HttpRequest], HttpResponse]
ASKED_AGAIN = "password"  # never written into a page


@dataclass(frozen=True)
class Limit:
    """How many times in so many seconds are free. With `failed`, only those that were answered with such a status."""

    free: int
    seconds: int = 600
    failed: frozenset[int] = frozenset()
    account: str = ""  # the field with the address of an account, whose failures are counted over all clients too
    # Whether the view answers 403 to what another site sent. Only then is that not counted, for the header is the
    # client's own word: so no site spends a visitor's times, and nobody writes the header to pass uncounted.
    refuses_foreign: bool = False
    method: str = "POST"
    not_counted: str = ""  # a button that only shows the form again, as the view does whenever it is among what is sent


SHOWN_AGAIN = frozenset({200})  # allauth's answer to what is wrong
# By the name of the view. A class of thirty answers from one address within a minute, and some of them twice.
LIMITS = {
    "answer": Limit(40, refuses_foreign=True, not_counted="byt-sprak"),
    "follow": Limit(10, refuses_foreign=True),
    "reading": Limit(20, not_counted="byt-sprak"),
    "receipt": Limit(30, failed=frozenset({422}), refuses_foreign=True),
    "found": Limit(20, failed=frozenset({422})),
    # Begins a session for anybody who asks. An office behind one address begins its day.
    "mfa_login_webauthn": Limit(120, method="GET"),
    "account_login": Limit(20, failed=SHOWN_AGAIN, account="login"),
    "account_request_login_code": Limit(10),
    "account_confirm_login_code": Limit(10, failed=SHOWN_AGAIN),
    "account_reset_password": Limit(10),
    "openid_connect_login": Limit(20),
    "welcome-city-login": Limit(10),
}


class RequestLimitMiddleware:
    """Shows the page that asks for work or a wait, with everything that was typed, when a client is over its limit."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        tally: Tally | None = getattr(request, "tally", None)
        if tally is not None and response.status_code in tally.limit.failed:
            tally.add()
        return response

    def process_view(self, request: HttpRequest, _view: Any, _args: Any, _kwargs: Any) -> HttpResponse | None:
        """Let the request through, or answer with the page. With the cache's server away each process counts alone."""
        match = request.resolver_match
        limit = LIMITS.get(match.view_name) if match else None
        if limit is None or match is None or request.method != limit.method:
            return None
        if (limit.refuses_foreign and is_foreign(request)) or _only_shows_again(request, limit):
            return None
        return _judge(request, Tally(request, match.view_name, limit))


class Tally:
    """The counts that one request belongs to: its client's, and its account's unless the browser is known there."""

    def __init__(self, request: HttpRequest, name: str, limit: Limit) -> None:
        self.limit, self.name = limit, name
        self.who = client_key(request)
        self.keys = [self.who]
        typed = request.POST.get(limit.account, "").strip() if limit.account else ""
        if typed and not knows(request, typed):  # every spelling that signs in to the account is one
            self.keys.append(keyed_hash("account", mailbox_typed(typed)))

    def add(self) -> int:
        """Count this time, and return the larger of the counts."""
        return max(count(self.name, key, seconds=self.limit.seconds) for key in self.keys)

    def times(self) -> int:
        """Return what `add` would, before it adds: this time included."""
        return 1 + max(counted(self.name, key, seconds=self.limit.seconds) for key in self.keys)


def _only_shows_again(request: HttpRequest, limit: Limit) -> bool:
    # A field may be sent without a name, which is no button of ours.
    return bool(limit.not_counted) and limit.not_counted in request.POST


def _judge(request: HttpRequest, tally: Tally) -> HttpResponse | None:
    request.tally = tally  # type: ignore[attr-defined]
    times = tally.times() if tally.limit.failed else tally.add()
    if times <= tally.limit.free or proof_of_work.is_paid(request, tally.who):
        return None
    price = proof_of_work.ask(request, tally.who, times_over=times // max(tally.limit.free, 1))
    return _slow_down(request, price)


def _slow_down(request: HttpRequest, price: proof_of_work.Price) -> HttpResponse:
    ours = {proof_of_work.PROOF, proof_of_work.TICKET}
    fields = [(name, text) for name, texts in request.POST.lists() if name not in ours for text in texts]
    context = {
        "price": price,
        "kept": [(name, text) for name, text in fields if name != ASKED_AGAIN],
        # A link to another language would fetch an empty page, without what was typed.
        "language_links": [],
        "asks_again": any(name == ASKED_AGAIN for name, _text in fields),
    }
    response = render(request, "ostberga/slow_down.html", context, status=429)
    response.headers["Retry-After"], response.headers["Cache-Control"] = str(price.seconds), "no-store"
    return response

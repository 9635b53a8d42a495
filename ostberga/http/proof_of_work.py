"""What a client pays when it sends more than others do: some seconds of its processor, or of its time.

The browser solves an ALTCHA challenge, without a third party and without a picture. Without JavaScript it waits for its
turn: a client's turns come one after the other, however many pages it opens.
"""

import secrets
import time
from dataclasses import dataclass
from typing import Any

import altcha
from django.conf import settings
from django.core import signing
from django.http import HttpRequest

from ostberga.lib.privacy.codes import fingerprint
from ostberga.lib.privacy.rate_limit import count, next_turn, use_once

PROOF, TICKET = "altcha", "vanta"  # the names of the fields
SECONDS_VALID = 3600
FIRST_WAIT, SPACING = 10.0, 3.0  # seconds
# A try starts with a zero byte once in 256 times; `cost` is the number of digests of each. So this is some twenty
# thousand digests, a second or two of a phone, and forty times that for a client that goes on.
COST, MAX_COST = 80, 3200
# A client that goes on all day gets dearer: after each so many pages one spacing and one cost more, to these limits.
PAGES_A_STEP, MAX_SPACING, SECONDS_A_DAY = 20, 600.0, 86_400
_SALT = "ostberga.waiting"


@dataclass(frozen=True)
class Price:
    """What the page asks of the browser."""

    challenge: dict[str, Any]
    ticket: str
    seconds: int  # until the ticket's turn


def ask(request: HttpRequest, who: str, *, times_over: int) -> Price:
    """Return a new challenge, and the ticket that was sent if it is this client's and unused, else a new one."""
    ticket, turn = request.POST.get(TICKET, ""), _turn(request, who)
    step = 1 + count("asked", who, seconds=SECONDS_A_DAY) // PAGES_A_STEP
    if turn is None:
        turn = next_turn("send", who, spacing=min(SPACING * step, MAX_SPACING), first=FIRST_WAIT)
        ticket = signing.dumps([_scope(request, who), turn, secrets.token_urlsafe(9)], salt=_SALT)
    challenge = altcha.create_challenge(
        "SHA-256",
        min(COST * max(times_over, step), MAX_COST),
        expires_at=int(time.time()) + SECONDS_VALID,
        data={"for": _scope(request, who)},
        hmac_secret=_secret(),
    )
    return Price(challenge.to_dict(), ticket, max(2, int(turn - time.time()) + 1))


def is_paid(request: HttpRequest, who: str) -> bool:
    """Return whether a solution or a ticket whose turn has come was sent; either is good for one time."""
    return _is_solved(request, who) or _has_waited(request, who)


def _is_solved(request: HttpRequest, who: str) -> bool:
    sent = request.POST.get(PROOF, "")
    if not sent or len(sent) > 4000:
        return False
    try:
        payload = altcha.Payload.from_base64(sent)
        verified = altcha.verify_solution(payload, _secret()).verified
        scope = (payload.challenge.parameters.data or {}).get("for")
    except Exception:
        return False
    if not verified or scope != _scope(request, who):
        return False
    return use_once(f"proof:{payload.challenge.signature}", seconds=SECONDS_VALID)


def _has_waited(request: HttpRequest, who: str) -> bool:
    turn = _turn(request, who)
    if turn is None or turn > time.time():
        return False
    return use_once(f"ticket:{request.POST[TICKET]}", seconds=24 * 3600)


def _turn(request: HttpRequest, who: str) -> float | None:
    """Return when it is the turn of the ticket that was sent; None if it is missing, another's or made up."""
    try:
        scope, turn, _number = signing.loads(request.POST.get(TICKET, ""), salt=_SALT, max_age=24 * 3600)
    except (signing.BadSignature, ValueError, TypeError):
        return None
    return float(turn) if scope == _scope(request, who) else None


def _scope(request: HttpRequest, who: str) -> str:
    return fingerprint(settings.SECRET_KEY, f"sent by {who} to {request.path}")[:24]


def _secret() -> str:
    return fingerprint(settings.SECRET_KEY, "proof of work")

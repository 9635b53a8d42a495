"""Browsers at addresses of their own, and what a browser with JavaScript does with the page that asks for work."""

import html
import json
import re
from typing import Any

import altcha
from django.test import Client


def at(address: str, **options: Any) -> Client:
    """Return a browser at this address, which it cannot choose itself."""
    return Client(REMOTE_ADDR=address, **options)


def hidden_fields(text: str) -> dict[str, str]:
    """Return the hidden fields of the page that asks for work or a wait."""
    fields = re.findall(r'<input type="hidden" name="([^"]+)" value="([^"]*)">', text)
    return {html.unescape(name): html.unescape(value) for name, value in fields}


def solved(text: str) -> dict[str, str]:
    """Return the fields as the page's script sends them, with the challenge solved."""
    raw = re.findall(r'id="proof-challenge" type="application/json">(.*?)</script>', text)[0]
    challenge = altcha.Challenge.from_dict(json.loads(raw))
    solution = altcha.solve_challenge(challenge)
    assert solution
    return hidden_fields(text) | {"altcha": altcha.Payload(challenge, solution).to_base64()}

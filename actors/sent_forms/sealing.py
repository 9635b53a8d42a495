"""Encryption with a key that only the browser holds: the rendering's key, in the form or in the address."""

import base64
import hashlib
import hmac

from cryptography.fernet import Fernet, InvalidToken
from django.conf import settings

from ostberga.lib.privacy.codes import fingerprint


class Unreadable(Exception):
    """A text that was sealed with another key."""


def seal(key: str, text: str) -> str:
    """Return the text encrypted with the rendering's key and SECRET_KEY: neither reads it alone."""
    return _cipher(key).encrypt(text.encode()).decode()


def unseal(key: str, sealed: str) -> str:
    """Return the text. Raises Unreadable for another key."""
    try:
        return _cipher(key).decrypt(sealed.encode()).decode()
    except InvalidToken:
        raise Unreadable from None


def hashed(purpose: str, text: str) -> str:
    """Return what is stored of a key: 64 hexadecimal characters, other ones for each purpose."""
    return fingerprint(settings.SECRET_KEY, f"{purpose}:{text}")


def _cipher(key: str) -> Fernet:
    mac = hmac.new(settings.SECRET_KEY.encode(), f"sent form:{key}".encode(), hashlib.sha256)
    return Fernet(base64.urlsafe_b64encode(mac.digest()))

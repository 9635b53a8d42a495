"""Codes that people read aloud and type: receipt codes and the codes of channels. Pure except for randomness."""

import hashlib
import hmac
import secrets
import unicodedata

# Crockford's base 32: without I, L and O (read as 1, 1 and 0) and U (read as V).
ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
CODE_LENGTH = 10
SHORT_LENGTH = 6
# For a URL on a poster: lower case, no vowels (so no words), no characters that look alike.
SHORT_ALPHABET = "23456789bcdfghjkmnpqrstvwxz"

_MISREAD = str.maketrans({"O": "0", "I": "1", "L": "1", "U": "V"})


def receipt_code(key: bytes | str, *parts: bytes | str) -> str:
    """Return the ten characters (50 bits) that these parts always give with this key, and none without it."""
    mac = hmac.new(_octets(key), digestmod=hashlib.sha256)
    for part in map(_octets, parts):
        mac.update(len(part).to_bytes(4, "big") + part)  # With lengths, so that ("ab", "c") and ("a", "bc") differ.
    number = int.from_bytes(mac.digest()[:7], "big") >> 6
    return "".join(ALPHABET[number >> shift & 31] for shift in range(45, -1, -5))


def format_code(code: str) -> str:
    """Return the code as it is shown and printed: «7K2MX-9DHQ4»."""
    return f"{code[: CODE_LENGTH // 2]}-{code[CODE_LENGTH // 2 :]}" if len(code) == CODE_LENGTH else code


def normalise_code(typed: str) -> str:
    """Return the code that was meant: ignores case, spaces and dashes; reads O as 0, I and L as 1, Arabic digits."""
    plain = unicodedata.normalize("NFKC", typed).upper().translate(_MISREAD)
    digits = (str(unicodedata.digit(character, character)) for character in plain)
    return "".join(character for character in digits if character in ALPHABET)


def is_receipt_code(typed: str) -> bool:
    """Return whether it has the length of a receipt code once normalised."""
    return len(normalise_code(typed)) == CODE_LENGTH


def fingerprint(key: bytes | str, text: str) -> str:
    """Return what is stored instead of a code: its HMAC-SHA256, 64 hexadecimal characters."""
    return hmac.new(_octets(key), text.encode(), hashlib.sha256).hexdigest()


def short_code() -> str:
    """Return a random code for a channel. There are about 387 million, so the caller must check that it is free."""
    return "".join(secrets.choice(SHORT_ALPHABET) for _ in range(SHORT_LENGTH))


def _octets(value: bytes | str) -> bytes:
    return value.encode() if isinstance(value, str) else value

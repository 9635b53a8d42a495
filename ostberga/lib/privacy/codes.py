"""Codes that people keep, read aloud and type: receipts on paper slips, channels on posters. Pure but for chance."""

import hashlib
import hmac
import secrets
import unicodedata

# Crockford's 32: no I, L, O (taken for 1, 1, 0) and no U (taken for V, and a maker of words).
ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
CODE_LENGTH = 10
SHORT_LENGTH = 6
# For a web address on a poster: lower case, no vowels so no words, nothing that is taken for something else.
SHORT_ALPHABET = "23456789bcdfghjkmnpqrstvwxz"

_MISREAD = str.maketrans({"O": "0", "I": "1", "L": "1", "U": "V"})


def receipt_code(key: bytes | str, *parts: bytes | str) -> str:
    """Ten characters that only the holder of `key` can make; the same parts always give the same code (50 bits)."""
    mac = hmac.new(_octets(key), digestmod=hashlib.sha256)
    for part in map(_octets, parts):
        mac.update(len(part).to_bytes(4, "big") + part)  # Lengths, so that "ab", "c" is not "a", "bc".
    number = int.from_bytes(mac.digest()[:7], "big") >> 6
    return "".join(ALPHABET[number >> shift & 31] for shift in range(45, -1, -5))


def format_code(code: str) -> str:
    """As it is shown and printed: «7K2MX-9DHQ4»."""
    return f"{code[: CODE_LENGTH // 2]}-{code[CODE_LENGTH // 2 :]}" if len(code) == CODE_LENGTH else code


def normalise_code(typed: str) -> str:
    """What was meant by what was typed: any case, spaces, dashes, O for 0, I or L for 1, Arabic digits."""
    plain = unicodedata.normalize("NFKC", typed).upper().translate(_MISREAD)
    digits = (str(unicodedata.digit(sign, sign)) for sign in plain)
    return "".join(sign for sign in digits if sign in ALPHABET)


def is_receipt_code(typed: str) -> bool:
    """It has the shape of a receipt code, however it was typed."""
    return len(normalise_code(typed)) == CODE_LENGTH


def fingerprint(key: bytes | str, text: str) -> str:
    """What we store instead of a code: 64 hexadecimal signs that can be compared but not turned back."""
    return hmac.new(_octets(key), text.encode(), hashlib.sha256).hexdigest()


def short_code() -> str:
    """A new code for a channel; about 387 million are possible, so the caller still checks that it is free."""
    return "".join(secrets.choice(SHORT_ALPHABET) for _ in range(SHORT_LENGTH))


def _octets(value: bytes | str) -> bytes:
    return value.encode() if isinstance(value, str) else value

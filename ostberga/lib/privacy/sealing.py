"""Sealing bytes under a key that will be thrown away: AES-GCM, and padded so that the length says nothing."""

import os

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

_NONCE = 12


class SealedByAnotherKey(Exception):
    """What is sealed cannot be opened with this key, or was sealed for something else."""


def new_key() -> str:
    """Return a random key, in hexadecimal."""
    return AESGCM.generate_key(256).hex()


def seal(key: str, content: bytes, *, length: int, purpose: str = "") -> bytes:
    """Seal the content, which must not end in spaces, padded to `length` bytes. Raises ValueError when it is longer."""
    if len(content) > length:
        raise ValueError("What is to be sealed is longer than the others, and would be seen.")
    nonce = os.urandom(_NONCE)
    return nonce + AESGCM(bytes.fromhex(key)).encrypt(nonce, content.ljust(length), purpose.encode())


def unseal(key: str, sealed: bytes | memoryview, *, purpose: str = "") -> bytes:
    """Return the content without its padding. Raises SealedByAnotherKey."""
    data = bytes(sealed)
    try:
        content = AESGCM(bytes.fromhex(key)).decrypt(data[:_NONCE], data[_NONCE:], purpose.encode())
    except InvalidTag:
        raise SealedByAnotherKey from None
    return content.rstrip()

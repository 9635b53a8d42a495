"""Files that lie encrypted on the disk, however large: a token for each mebibyte, numbered, so that none can be cut."""

from collections.abc import Iterator
from typing import IO

from ostberga.lib.privacy.encrypted import UnreadableText, decrypt_bytes, encrypt_bytes

_CHUNK = 2**20
_NUMBER = 8  # bytes before the content of a chunk: its number, whose first bit is set in the last one
_LAST = 1 << 63


def seal_file(plain: IO[bytes], sealed: IO[bytes]) -> None:
    """Write what is left of `plain` to `sealed`, a token a line."""
    number, content = 0, plain.read(_CHUNK)
    while True:
        following = plain.read(_CHUNK)
        mark = number if following else number | _LAST
        sealed.write(encrypt_bytes(mark.to_bytes(_NUMBER) + content) + b"\n")
        if not following:
            return
        number, content = number + 1, following


def opened(sealed: IO[bytes]) -> Iterator[bytes]:
    """Yield the content of a sealed file. Raises UnreadableText when a key is missing, or a part of it."""
    is_whole = False
    with sealed:
        for number, token in enumerate(sealed):
            chunk = decrypt_bytes(token.rstrip(b"\n"))
            mark = int.from_bytes(chunk[:_NUMBER])
            if is_whole or mark & ~_LAST != number:
                raise UnreadableText("Filen är inte hel.")
            is_whole = bool(mark & _LAST)
            yield chunk[_NUMBER:]
    if not is_whole:
        raise UnreadableText("Filen är inte hel.")

"""Keeps clients that send slowly from holding the threads of the web server for long: a pace for each body.

A thread of gunicorn that reads a body does nothing else, and gunicorn's own `timeout` does not count that time. The
proxy passes a body on while it comes (docs/drift/Caddyfile says why it must), so the limit belongs here.
"""

import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

# Seconds without a byte, and in all for the first bytes: a phone that loses its network in a tunnel comes back.
SILENCE, BEGINNING = 20.0, 20.0
# Bytes a second, from then on. A form is a few thousand; the slowest networks that phones still have carry 2,000.
PACE = 1000


@dataclass(frozen=True)
class Pace:
    """How fast a body must come."""

    silence: float = SILENCE  # seconds
    beginning: float = BEGINNING  # seconds
    bytes_a_second: int = PACE

    def keep(self, unreader: Any) -> None:
        """Let gunicorn's reader of one request raise TimeoutError when its body comes slower than this."""
        unreader.chunk = self._paced(unreader.sock, unreader.chunk)

    def _paced(self, sock: Any, receive: Callable[..., bytes]) -> Callable[..., bytes]:
        began, received = time.monotonic(), 0

        def chunk(size_hint: int | None = None) -> bytes:
            nonlocal received
            left = began + self.beginning + received / self.bytes_a_second - time.monotonic()
            if left <= 0:
                raise TimeoutError("the body comes too slowly")
            sock.settimeout(min(left, self.silence))
            try:
                data = receive(size_hint)
            finally:
                sock.settimeout(None)  # what is answered has other limits
            received += len(data)
            return data

        return chunk


def forget_pace(unreader: Any) -> None:
    """Let the reader read as before: the next request on the same connection has a time of its own."""
    vars(unreader).pop("chunk", None)

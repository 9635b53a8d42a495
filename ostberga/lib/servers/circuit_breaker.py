"""Remembers that a server is away, so that one request waits for it and not all of them.

Written here and not taken from a library: those for Python keep their lock while the server is asked, so that all
threads of a web server would queue behind one that hangs.
"""

import logging
import threading
import time

logger = logging.getLogger("ostberga.servers")


class CircuitBreaker:
    """One for each server and process. `name` is its name in the log; `seconds` is how long it is left alone."""

    def __init__(self, name: str, *, seconds: float) -> None:
        self.name, self.seconds = name, seconds
        self._lock = threading.Lock()
        self._left_alone_until: float | None = None

    @property
    def is_open(self) -> bool:
        """Whether the server was away when it was last asked."""
        return self._left_alone_until is not None

    def lets_through(self) -> bool:
        """Return whether the server may be asked now. While it is away, one caller may in each period of `seconds`."""
        with self._lock:
            if self._left_alone_until is None:
                return True
            if time.monotonic() < self._left_alone_until:
                return False
            self._left_alone_until = time.monotonic() + self.seconds
            return True

    def note_success(self) -> None:
        """The server answered: everybody may ask it."""
        if self._left_alone_until is not None:
            with self._lock:
                self._left_alone_until = None
            logger.warning("%s answers again", self.name)

    def give_back(self) -> None:
        """Who was let through did not ask the server after all: the next one may, and nothing new is known of it."""
        with self._lock:
            if self._left_alone_until is not None:
                self._left_alone_until = time.monotonic()

    def note_failure(self, error: BaseException) -> None:
        """The server did not answer: leave it alone for a while."""
        with self._lock:
            was_open, self._left_alone_until = self.is_open, time.monotonic() + self.seconds
        if not was_open:
            logger.error("%s is away (%s)", self.name, type(error).__name__)

    def reset(self) -> None:
        """Forget what is known, as a new process would."""
        self._left_alone_until = None

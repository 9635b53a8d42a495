"""Keeps the parts of the demo running: one that dies is started again, and it is said."""

import subprocess
import time
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Protocol

from ostberga.local.process import ServerFailed, tail

# A part that dies so many times within so many seconds would only die again.
DEATHS, WITHIN = 4, 120.0
SECONDS_BETWEEN_LOOKS = 0.5


class Running(Protocol):
    """A part that has been started."""

    @property
    def child(self) -> subprocess.Popen[bytes]:
        """Its process."""

    def stop(self) -> None:
        """Stop it, politely."""


@dataclass
class KeptPart:
    """One part, and how it is started, also again: at the same address and with the same log."""

    name: str
    start: Callable[[], Running]
    log: Path
    running: Running
    deaths: "deque[float]" = field(default_factory=lambda: deque(maxlen=DEATHS))

    @property
    def is_dead(self) -> bool:
        """Whether its process has ended."""
        return self.running.child.poll() is not None

    def stop(self) -> None:
        """Stop what runs of it now."""
        self.running.stop()

    def start_again(self) -> None:
        """Start it after a death. Raises ServerFailed when it dies again and again, or does not start."""
        now = time.monotonic()
        self.deaths.append(now)
        if len(self.deaths) == DEATHS and now - self.deaths[0] < WITHIN:
            raise ServerFailed(f"{self.name} stannar gång på gång. Så slutar dess logg ({self.log}):\n{tail(self.log)}")
        self.stop()  # what is left of its process group
        self.running = self.start()


def keep(parts: list[KeptPart], say: Callable[[str], None]) -> None:
    """Look after the parts until an exception ends it: those that die are started again, in the order of the list."""
    while True:
        look_after(parts, say)
        time.sleep(SECONDS_BETWEEN_LOOKS)


def look_after(parts: list[KeptPart], say: Callable[[str], None]) -> None:
    """Start those that are dead again, and say so. Raises ServerFailed when that does not help."""
    for part in parts:
        if part.is_dead:
            say(f"{part.name} stannade och startas om. Loggen: {part.log}")
            part.start_again()
            say(f"{part.name} är igång igen.")

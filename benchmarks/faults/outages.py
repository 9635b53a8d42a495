"""What is done to each part, and how one sees that it works again."""

import itertools
import os
import random
import signal
import time
from collections import defaultdict
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from benchmarks.faults.installation import BATCH_EVERY, Installation

# Longest wait for a part to work again. After it the run goes on, but has failed.
PATIENCE = 90.0
SHORTEST, LONGEST = 0.5, 4.0  # seconds that an outage lasts
# Parts that work without each other recover at the same time; those of one lane suffer one after the other.
LANES = (
    ("webb", "proxy", "databas", "mellanlager"),
    ("arbetare", "schema", "kö", "disk"),
    ("brevarbetare", "e-post"),
)
PARTS = tuple(part for lane in LANES for part in lane)


@dataclass(frozen=True)
class Outage:
    """Something that is done to a part, and undone."""

    part: str
    how: str
    begin: Callable[[], None]
    end: Callable[[], None]
    at_least: float = SHORTEST  # seconds


@dataclass(frozen=True)
class Recovery:
    """How long a part took to work again, from when one began to put it back."""

    part: str
    how: str
    seconds: float
    is_recovered: bool


class Outages:
    """The outages of the parts of one lane."""

    def __init__(
        self, running: Installation, lane: tuple[str, ...], progress: Callable[[str], int], chance: random.Random
    ) -> None:
        """`progress` returns a number that grows while the part does its work, and raises while it cannot tell."""
        self.running, self.progress, self.chance = running, progress, chance
        ways = defaultdict(list)
        for outage in self._all():
            ways[outage.part].append(outage)
        for outages in ways.values():
            chance.shuffle(outages)
        self._ways = {part: itertools.cycle(ways[part]) for part in lane if part in ways}

    def round(self) -> Iterator[Outage]:
        """Each part of the lane once, in random order, by the next of its ways."""
        parts = list(self._ways)
        self.chance.shuffle(parts)
        for part in parts:
            yield next(self._ways[part])

    def suffer(self, outage: Outage) -> Recovery:
        """Take the part away for a while, put it back, and wait until it does its work."""
        outage.begin()
        time.sleep(max(outage.at_least, self.chance.uniform(SHORTEST, LONGEST)))
        since, before = time.monotonic(), None
        outage.end()
        while (now := time.monotonic()) < since + PATIENCE:
            with suppress(Exception):  # whatever it says while it is away
                seen = self.progress(outage.part)
                if before is not None and seen > before:
                    return Recovery(outage.part, outage.how, now - since, is_recovered=True)
                before = seen if before is None else before
            time.sleep(0.1)
        return Recovery(outage.part, outage.how, PATIENCE, is_recovered=False)

    def _all(self) -> Iterator[Outage]:
        running = self.running
        yield from self._of_programs()
        yield Outage("databas", "kraschar", self._crash_database, running.start_database)
        yield Outage("databas", "en anslutning dödas, alla bryts", self._kill_backend, _nothing)
        for emptied, how in ((False, "dödas"), (True, "dödas och töms")):
            yield Outage("kö", how, _killer(running, "queue"), _starter(running, emptied=emptied))
        yield Outage("kö", "svarar inte", *self._pausing("queue"))
        yield Outage("mellanlager", "dödas", _killer(running, "cache"), running.start_cache)
        yield Outage("mellanlager", "svarar inte", *self._pausing("cache"))
        yield from self._of_mail()
        yield Outage("proxy", "dödas", running.proxy.kill, running.proxy.start)
        if running.media_is_small:
            yield Outage("disk", "full", self._fill_disk, lambda: self._ballast.unlink(missing_ok=True))
        elif os.geteuid() != 0:
            media = running.media / "reports"
            yield Outage("disk", "går inte att skriva på", lambda: media.chmod(0o500), lambda: media.chmod(0o700))

    def _of_programs(self) -> Iterator[Outage]:
        swedish = {"web": "webb", "worker": "arbetare", "letters": "brevarbetare", "beat": "schema"}
        for name, part in swedish.items():
            program = self.running.programs[name]
            # Of what beat called before, nothing may be left that looks as if it called again.
            at_least = BATCH_EVERY if name == "beat" else SHORTEST
            yield Outage(part, "dödas", program.kill, program.start, at_least)
        yield Outage("webb", "en process dödas", self._kill_web_process, _nothing)
        yield Outage("webb", "laddas om (HUP)", self._reload_web, _nothing)

    def _of_mail(self) -> Iterator[Outage]:
        mail = self.running.mail

        def behave(greeting: str | None = "220 klar", **answers: str | None) -> Callable[[], None]:
            def act() -> None:
                mail.greeting, mail.answers = greeting, {name or ".": said for name, said in answers.items()}

            return act

        well = behave()
        yield Outage("e-post", "svarar inte", behave(greeting=None), well)
        yield Outage("e-post", "lägger på", behave(greeting=""), well)
        yield Outage("e-post", "säger 451", behave(MAIL="451 senare"), well)
        yield Outage("e-post", "tar brevet men svaret kommer bort", behave(**{".": ""}), well)

    def _crash_database(self) -> None:
        child = self.running.database.child
        child.send_signal(signal.SIGQUIT)  # at once, without a checkpoint: what follows is crash recovery
        child.wait()

    def _kill_backend(self) -> None:
        """Kill one connection's process: the database then throws out all and recovers as after a crash."""
        backends = [pid for pid in _children(self.running.database.child.pid) if b"postgres: postgres" in _title(pid)]
        if backends:
            os.kill(self.chance.choice(backends), signal.SIGKILL)

    def _kill_web_process(self) -> None:
        if (web := self.running.programs["web"].child) and (children := _children(web.pid)):
            os.kill(self.chance.choice(children), signal.SIGKILL)

    def _reload_web(self) -> None:
        if web := self.running.programs["web"].child:
            web.send_signal(signal.SIGHUP)

    def _pausing(self, part: str) -> tuple[Callable[[], None], Callable[[], None]]:
        def tell(number: signal.Signals) -> Callable[[], None]:
            return lambda: getattr(self.running, part).child.send_signal(number)

        return tell(signal.SIGSTOP), tell(signal.SIGCONT)

    @property
    def _ballast(self) -> Path:
        return self.running.media / "ballast"

    def _fill_disk(self) -> None:
        with suppress(OSError), self._ballast.open("wb", buffering=0) as ballast:
            for piece in (1 << 20, 1 << 12):
                with suppress(OSError):
                    while True:
                        ballast.write(bytes(piece))


def _nothing() -> None:
    """It mends itself."""


def _killer(running: Installation, part: str) -> Callable[[], None]:
    def kill() -> None:
        child = getattr(running, part).child
        child.kill()
        child.wait()

    return kill


def _starter(running: Installation, *, emptied: bool) -> Callable[[], None]:
    return lambda: running.start_queue(emptied=emptied)


def _children(pid: int) -> list[int]:
    return [int(child) for child in Path(f"/proc/{pid}/task/{pid}/children").read_text().split()]


def _title(pid: int) -> bytes:
    with suppress(OSError):
        return Path(f"/proc/{pid}/cmdline").read_bytes()
    return b""

"""The clock of a test run: every test begins at the same moment, whatever the time is where the tests are run.

OSTBERGA_TEST_AT="2026-10-25 02:30" chooses the moment, in Swedish time or with an offset ("2026-10-25 02:30+01:00").
Unless it is chosen, it is an ordinary Wednesday morning. A fixed day rather than today's: a failure can be repeated
tomorrow, no run meets a midnight, and what other days do to us is asked for on purpose (`make test-hours`).

The clock stands still while tests are collected, so that `TODAY = timezone.localdate()` in a test module is the day of
the tests, and goes from the beginning of each test. Servers that run as threads share it; a program that a test starts
gets it through `command`. PostgreSQL, Valkey and the browser keep their own: what they are told are days and seconds.
Monotonic time and perf_counter are never touched.
"""

import datetime as dt
import os
import runpy
import sys
import time
from zoneinfo import ZoneInfo

import time_machine

ORDINARY = "2026-11-25 10:00"


def moment() -> dt.datetime:
    """When each test begins. In UTC: with a zone, the traveller would also change the time zone of the process."""
    chosen = dt.datetime.fromisoformat(os.environ.get("OSTBERGA_TEST_AT") or ORDINARY)
    return (chosen if chosen.tzinfo else chosen.replace(tzinfo=ZoneInfo("Europe/Stockholm"))).astimezone(dt.UTC)


def freeze() -> None:
    """Show the moment, and nothing later, until a test begins."""
    _travellers.append(time_machine.travel(moment(), tick=False).start())


def start(at: dt.datetime | None = None) -> None:
    """Set the clock to the moment, or to another one, and let it go."""
    _travellers[-1].move_to(at or moment(), tick=True)


def command(module: str, *arguments: str) -> list[str]:
    """What starts `python -m module` in a process of its own, by the same clock."""
    ahead = time.time() - time_machine.escape_hatch.time.time()
    return [sys.executable, "-P", __file__, str(ahead), module, *arguments]


_travellers: list[time_machine.Traveller] = []

if __name__ == "__main__":
    sys.argv.pop(0)
    time_machine.travel(time.time() + float(sys.argv.pop(0)), tick=True).start()
    runpy.run_module(sys.argv[0], run_name="__main__", alter_sys=True)

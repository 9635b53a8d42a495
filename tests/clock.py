"""The clock of a test run: every test begins at the same moment, whatever the time is where the tests are run.

OSTBERGA_TEST_AT="2026-10-25 02:30" chooses the moment, in Swedish time or with an offset ("2026-10-25 02:30+01:00").
By default it is a Wednesday morning. The day is fixed so that a failure can be repeated tomorrow and no run passes
midnight; `make test-hours` runs the tests at difficult moments.

The clock is frozen while tests are collected, so that `TODAY = timezone.localdate()` in a test module is the day of the
tests, and runs from the start of each test. Server threads share it; a program that a test starts gets it through
`command`. PostgreSQL, Valkey and the browser keep the real time, which no test depends on. Monotonic time and
perf_counter are left alone.
"""

import datetime as dt
import os
import runpy
import sys
import time
from zoneinfo import ZoneInfo

import time_machine

DEFAULT_MOMENT = "2026-11-25 10:00"


def moment() -> dt.datetime:
    """Return when each test begins, in UTC: with a zone, time_machine would change the time zone of the process."""
    chosen = dt.datetime.fromisoformat(os.environ.get("OSTBERGA_TEST_AT") or DEFAULT_MOMENT)
    return (chosen if chosen.tzinfo else chosen.replace(tzinfo=ZoneInfo("Europe/Stockholm"))).astimezone(dt.UTC)


def freeze() -> None:
    """Freeze the clock at the moment, until a test starts it."""
    _travellers.append(time_machine.travel(moment(), tick=False).start())


def start(at: dt.datetime | None = None) -> None:
    """Set the clock to the moment, or to `at`, and let it run."""
    _travellers[-1].move_to(at or moment(), tick=True)


def command(module: str, *arguments: str) -> list[str]:
    """Return the command that runs `python -m module` in a process with the same clock."""
    ahead = time.time() - time_machine.escape_hatch.time.time()
    return [sys.executable, "-P", __file__, str(ahead), module, *arguments]


_travellers: list[time_machine.Traveller] = []

if __name__ == "__main__":
    sys.argv.pop(0)
    time_machine.travel(time.time() + float(sys.argv.pop(0)), tick=True).start()
    runpy.run_module(sys.argv[0], run_name="__main__", alter_sys=True)

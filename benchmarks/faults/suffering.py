"""The course of a run: each lane of parts suffers on its own, until the time is up and every part has had its share."""

import os
import random
import time
from collections import Counter
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass

from benchmarks.faults.installation import Installation
from benchmarks.faults.outages import LANES, Outages, Recovery

BREATH = 1.0  # seconds between one part's recovery and the next part's outage
# A slow machine gets so many times the minutes before the run ends with too few outages.
OVERTIME = 2.0


@dataclass(frozen=True)
class Course:
    """How long a run goes on, and how often each part suffers at least."""

    seconds: float
    at_least: int
    seed: int


def suffer(
    pool: ThreadPoolExecutor, running: Installation, progress: Callable[[str], int], course: Course
) -> list[Recovery]:
    """Let all lanes suffer at the same time. Returns the recoveries, lane by lane.

    What a lane starts again dies with the thread of the lane: let the pool live until all is reckoned.
    """
    lanes = [
        Outages(running, lane, progress, random.Random(f"{course.seed} {number}")) for number, lane in enumerate(LANES)
    ]
    suffered = [pool.submit(_suffer_lane, lane, course) for lane in lanes]
    return [recovery for each in suffered for recovery in each.result()]


def _suffer_lane(outages: Outages, course: Course) -> list[Recovery]:
    recoveries: list[Recovery] = []
    begun, times = time.monotonic(), Counter[str]()
    while (gone := time.monotonic() - begun) < course.seconds * OVERTIME:
        due = [outage for outage in outages.round() if gone < course.seconds or times[outage.part] < course.at_least]
        if not due:
            break
        for outage in due:
            recoveries.append(outages.suffer(outage))
            times[outage.part] += 1
            _print(recoveries[-1])
            time.sleep(BREATH)
    return recoveries


def _print(recovery: Recovery) -> None:
    words = f"{recovery.seconds:5.1f} s" if recovery.is_recovered else "kom inte igen i tid"
    print(f"{recovery.part:13} {recovery.how:35} {words:20} last {os.getloadavg()[0]:.0f}", flush=True)

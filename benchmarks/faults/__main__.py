"""The fault run: `python -m benchmarks.faults [--minutes 3|10] [--seed 1]`.

Starts a whole installation of its own, lets people use it, and meanwhile kills each part or takes it away, again and
again. At the end everything that was acknowledged must be stored, once, and each part must have come back each time.
Exits with 1 if not. Linux only.
"""

import argparse
import itertools
import os
import statistics
import sys
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING

from benchmarks.faults.installation import Installation, installation
from benchmarks.faults.outages import LANES, Recovery
from benchmarks.faults.suffering import Course, suffer
from benchmarks.faults.verdict import OutageGoal, Sum, by_part, complaints

if TYPE_CHECKING:
    from tests.http.production import Site

GOALS = {3: OutageGoal(of_each=1, in_all=10), 10: OutageGoal(of_each=5, in_all=60)}


def main() -> int:
    """Run, print the tables, and return the exit status."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.faults", description="Felkörningen.")
    parser.add_argument("--minutes", type=int, choices=list(GOALS), default=3, help="hur länge det dödas och stängs av")
    parser.add_argument("--seed", type=int, default=1, help="samma tal ger samma avbrott i samma ordning")
    options = parser.parse_args()
    goal = GOALS[options.minutes]
    print(f"Belastning vid start: {os.getloadavg()[0]:.1f} på {os.cpu_count()} kärnor. Frö: {options.seed}")
    with installation() as running:
        recoveries, sums, is_drained = _run(running, Course(options.minutes * 60, goal.of_each, options.seed))
    _print_recoveries(recoveries)
    _print_sums(sums)
    print(f"Belastning vid slut: {os.getloadavg()[0]:.1f}.")
    wrong = complaints(recoveries, sums, goal, is_drained=is_drained)
    print("\n".join(["Underkänd:", *wrong]) if wrong else "Godkänd.")
    return int(bool(wrong))


def _run(running: Installation, course: Course) -> tuple[list[Recovery], list[Sum], bool]:
    """Put load on it and let it suffer. Returns the recoveries, the sums and whether it drained."""
    from benchmarks.faults import load as people
    from benchmarks.faults import reckoning
    from tests.http.production import Gunicorn, Site

    log = running.folder / "web.log"
    web = Gunicorn(running.web_port, log, dict(os.environ))
    assert running.trust is not None
    site = Site(web, running.web_port, log, running.secure_port, running.trust)
    load = people.Load(site, people.build())
    with ThreadPoolExecutor(len(LANES)) as pool:
        load.start()
        recoveries = suffer(pool, running, _progress(running, site), course)
        load.stop()
        is_drained = reckoning.drain()
        return recoveries, reckoning.reckon(load, running.mail), is_drained


def _health(site: "Site") -> Callable[[], int]:
    """Return the function that counts the times that the site has answered, with nothing away."""
    answered = itertools.count()

    def pages() -> int:
        page = site.securely("GET", "/halsa/")
        if page.status != 200 or '"away": []' not in page.text:
            raise ConnectionError
        return next(answered)

    return pages


def _progress(running: Installation, site: "Site") -> Callable[[str], int]:
    """Return the function that tells how much a part has done."""
    from django.db import connection

    from dialogue.models import Follower
    from reports.models import ReportVersion

    def made() -> int:
        return Follower.objects.count() + finished.count()

    healthy, finished = _health(site), ReportVersion.objects.filter(state="finished")
    work: dict[str, Callable[[], int]] = {
        "schema": Follower.objects.count,  # grows with each batch
        **dict.fromkeys(("arbetare", "kö"), made),
        **dict.fromkeys(("brevarbetare", "e-post"), lambda: len(running.mail.letters)),
        "disk": finished.count,
    }

    def progress(part: str) -> int:
        try:
            return work.get(part, healthy)()
        except Exception:
            connection.close()
            raise

    return progress


def _print_recoveries(recoveries: list[Recovery]) -> None:
    print(f"\n{'del':13} {'avbrott':>7} {'median':>8} {'längst':>8}  {'kom inte igen':>13}")
    for part, own in by_part(recoveries).items():
        seconds = [recovery.seconds for recovery in own] or [0.0]
        never = sum(not recovery.is_recovered for recovery in own)
        print(f"{part:13} {len(own):7} {statistics.median(seconds):7.1f}s {max(seconds):7.1f}s  {never:13}")
    print(f"{'alla':13} {len(recoveries):7}")


def _print_sums(sums: list[Sum]) -> None:
    print(f"\n{'vad':20} {'bekräftade':>10} {'tappade':>8} {'dubbla':>7} {'sända igen':>11}")
    for each in sums:
        print(f"{each.kind:20} {each.acknowledged:10} {each.lost:8} {each.doubled:7} {each.again:11}  {each.note}")


if __name__ == "__main__":
    sys.exit(main())

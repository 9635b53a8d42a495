"""The same pages with little and with much behind them: how many queries, and how much slower.

Each size has a database server of its own; the two take turns, so that a busy machine is busy for both.
"""

import statistics
import subprocess
import sys
import time
from collections.abc import Callable, Collection, Iterable, Mapping

from benchmarks.arena import ROOT, interleave, start_servers

LIMIT = 1.5
TIMES = 3


def serve(build: Callable[[int], str], addresses: Callable[[], Mapping[str, str]], size: int) -> None:
    """In a process of its own: make the pages each time a line comes in; answer with queries and milliseconds.

    `build` fills the database with so much and gives the e-mail of who looks; `addresses` says where the pages are.
    """
    with start_servers(durable=False):
        import django

        django.setup()
        from django.conf import settings
        from django.db import connection
        from django.test import Client
        from django.test.utils import CaptureQueriesContext

        from actors.models import User

        settings.KEEP_PUBLIC_PAGES = False  # What is measured is making the page.
        browser = Client(headers={"Host": "localhost"})
        browser.force_login(User.objects.get(email=build(size)))
        with connection.cursor() as cursor:
            cursor.execute("ANALYZE")
        pages = addresses()
        print("ready", flush=True)
        for line in sys.stdin:
            where = pages[line.strip()]
            spent = []
            for _ in range(TIMES):
                begun = time.perf_counter()
                response = browser.get(where)
                spent.append((time.perf_counter() - begun) * 1000)
                assert response.status_code == 200, (where, response.status_code)
            with CaptureQueriesContext(connection) as queries:
                browser.get(where)
            print(len(queries), statistics.median(spent), flush=True)


class Reader:
    """Someone who reads the pages of one size; `module` is the benchmark that serves them."""

    def __init__(self, module: str, size: int) -> None:
        command = [sys.executable, "-m", module, str(size)]
        self.child = subprocess.Popen(command, cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
        self.queries: dict[str, int] = {}
        while (line := self._hear()) != "ready":
            print(line)

    def open(self, page: str) -> float:
        """Milliseconds for a page."""
        assert self.child.stdin is not None
        print(page, file=self.child.stdin, flush=True)
        queries, spent = self._hear().split()
        self.queries[page] = int(queries)
        return float(spent)

    def leave(self) -> None:
        """End the process and its servers."""
        assert self.child.stdin is not None
        self.child.stdin.close()
        self.child.wait()

    def _hear(self) -> str:
        assert self.child.stdout is not None
        line = self.child.stdout.readline()
        if not line:
            raise SystemExit("Mätprocessen avslutades i förtid.")
        return line.strip()


def compare(
    module: str, pages: Iterable[str], *, few: int, many: int, loose: Collection[str] = (), queries: int = 1000
) -> int:
    """Print the ratio per page; 1 if any is above the limit or asks more of the database, else 0.

    The time of a `loose` page is told and not judged. No page may ask more than `queries` of the database.
    """
    one, other = Reader(module, few), Reader(module, many)
    failed = False
    for page in pages:
        print(f"\n{page} (ms)")
        figures = interleave({str(few): lambda: one.open(page), str(many): lambda: other.open(page)}, rounds=7)  # noqa: B023
        ratio = statistics.median(figures[str(many)]) / statistics.median(figures[str(few)])
        asked = (one.queries[page], other.queries[page])
        good = (ratio <= LIMIT or page in loose) and asked[0] == asked[1] <= queries
        failed |= not good
        said = "ok" if good else "FEL"
        print(f"{page}: {ratio:.2f} (högst {LIMIT}), frågor {asked[0]} och {asked[1]}: {said}", flush=True)
    one.leave()
    other.leave()
    return int(failed)

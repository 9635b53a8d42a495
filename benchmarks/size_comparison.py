"""Compare pages over a small and a large database: the number of queries, and the ratio of times.

Each size has a database server of its own; the two take turns, so that a busy machine slows both alike.
"""

import statistics
import subprocess
import sys
import time
from collections.abc import Callable, Collection, Iterable, Mapping

from benchmarks.servers import ROOT, interleave, start_servers

LIMIT = 1.5
TIMES = 3


def serve(build: Callable[[int], str], addresses: Callable[[], Mapping[str, str]], size: int) -> None:
    """Serve measurements: for each page named on a line of stdin, print its queries and milliseconds.

    `build` fills the database and returns the e-mail of the user who opens the pages; `addresses` maps names to URLs.
    """
    with start_servers(durable=False):
        import django

        django.setup()
        from django.conf import settings
        from django.db import connection
        from django.test import Client
        from django.test.utils import CaptureQueriesContext

        from actors.models import User

        settings.KEEP_PUBLIC_PAGES = False  # Measure the rendering, not the cache.
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


class MeasuringProcess:
    """A process that measures the pages of one size; `module` is the benchmark that serves them."""

    def __init__(self, module: str, size: int) -> None:
        command = [sys.executable, "-m", module, str(size)]
        self.child = subprocess.Popen(command, cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
        self.queries: dict[str, int] = {}
        while (line := self._read_line()) != "ready":
            print(line)

    def open(self, page: str) -> float:
        """Measure a page. Returns the milliseconds and keeps the number of queries."""
        assert self.child.stdin is not None
        print(page, file=self.child.stdin, flush=True)
        queries, spent = self._read_line().split()
        self.queries[page] = int(queries)
        return float(spent)

    def leave(self) -> None:
        """Stop the process and its servers."""
        assert self.child.stdin is not None
        self.child.stdin.close()
        self.child.wait()

    def _read_line(self) -> str:
        assert self.child.stdout is not None
        line = self.child.stdout.readline()
        if not line:
            raise SystemExit("Mätprocessen avslutades i förtid.")
        return line.strip()


def compare(
    module: str, pages: Iterable[str], *, few: int, many: int, loose: Collection[str] = (), queries: int = 1000
) -> int:
    """Print the ratio per page. Returns 1 if any exceeds the limit or needs more queries when large, else 0.

    The time of a `loose` page is printed without a limit. No page may need more than `queries` queries.
    """
    small, large = MeasuringProcess(module, few), MeasuringProcess(module, many)
    failed = False
    for page in pages:
        print(f"\n{page} (ms)")
        figures = interleave({str(few): lambda: small.open(page), str(many): lambda: large.open(page)}, rounds=7)  # noqa: B023
        ratio = statistics.median(figures[str(many)]) / statistics.median(figures[str(few)])
        counts = (small.queries[page], large.queries[page])
        passed = (ratio <= LIMIT or page in loose) and counts[0] == counts[1] <= queries
        failed |= not passed
        verdict = "ok" if passed else "FEL"
        print(f"{page}: {ratio:.2f} (högst {LIMIT}), frågor {counts[0]} och {counts[1]}: {verdict}", flush=True)
    small.leave()
    large.leave()
    return int(failed)

"""The dialogue's public page against a bare view that returns the same bytes; and whether an edit shows at once.

`python -m benchmarks.public_page` (goal: at least 0.5 of the bare view; no old page after an edit).
"""

import gzip
from functools import partial
from http.client import HTTPConnection
from pathlib import Path

import django

from benchmarks.http_load import responses_per_second
from benchmarks.servers import gunicorn, interleave, ratio, start_servers

GOAL = 0.5
PATH = "/ostberga/"
EDITS, LOOKS = 20, 8  # requests after each edit, enough to reach every worker


def main() -> None:
    """Run the benchmark and print the ratio."""
    with start_servers() as env:
        django.setup()
        from ostberga.demo import loader

        loader.load()
        page_file = Path(env["STATIC_ROOT"]).parent / "page.gz"
        with gunicorn("ostberga.wsgi", env=env) as ours:
            page_file.write_bytes(fetch(ours))
            with gunicorn("benchmarks.baseline_page:application", env=env | {"BENCH_PAGE": str(page_file)}) as bare:
                contenders = {
                    "vi": partial(responses_per_second, ours, page_request, expect=200),
                    "golv": partial(responses_per_second, bare, page_request, expect=200),
                }
                figures = interleave(contenders)
            old = old_pages(ours)
    print(f"publik dialogsida, kvot mot golvet: {ratio(figures, 'vi', 'golv'):.2f} (mål: minst {GOAL})")
    print(f"gamla sidor efter en ändring: {old} av {EDITS * LOOKS} (mål: 0)")


def page_request() -> bytes:
    """Return a visitor's request, which accepts gzip as browsers do."""
    return f"GET {PATH} HTTP/1.1\r\nHost: localhost\r\nConnection: keep-alive\r\nAccept-Encoding: gzip\r\n\r\n".encode()


def fetch(port: int) -> bytes:
    """Fetch the page once. Returns its gzipped body."""
    line = HTTPConnection("localhost", port)
    line.request("GET", PATH, headers={"Accept-Encoding": "gzip"})
    answer = line.getresponse()
    body = answer.read()
    line.close()
    if answer.status != 200 or answer.headers["Content-Encoding"] != "gzip":
        raise SystemExit(f"Väntade en packad sida, fick {answer.status}.")
    return body


def old_pages(port: int) -> int:
    """Return how many responses were outdated after edits of an issue's title."""
    from dialogue.models import Issue

    issue = Issue.objects.public().select_related("dialogue__collaboration").latest("pk")
    by = issue.links.latest("pk").linked_by
    old = 0
    for number in range(EDITS):
        new = f"Rubrik nummer {number} av många"
        texts = {"description": issue.description, "next_up": issue.next_up}
        issue.describe(by=by, slug=issue.slug, title={"sv": new}, **texts)
        old += sum(new not in gzip.decompress(fetch(port)).decode() for _ in range(LOOKS))
    return old


if __name__ == "__main__":
    main()

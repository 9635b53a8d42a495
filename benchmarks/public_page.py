"""The dialogue's public page against a bare view that returns the same bytes; and that an edit shows at once.

`python -m benchmarks.public_page` (goal: at least 0.5 of the bare view; no old page after an edit).
"""

import gzip
from functools import partial
from http.client import HTTPConnection
from pathlib import Path

import django

from benchmarks.arena import gunicorn, interleave, ratio, start_servers
from benchmarks.load import per_second

GOAL = 0.5
PATH = "/ostberga/"
EDITS, LOOKS = 20, 8  # after each edit the page is asked for so many times, so that every worker is asked


def main() -> None:
    """Measure and print."""
    with start_servers() as env:
        django.setup()
        from ostberga.demo import loader

        loader.load()
        kept = Path(env["STATIC_ROOT"]).parent / "page.gz"
        with gunicorn("ostberga.wsgi", env=env) as ours:
            kept.write_bytes(fetch(ours))
            with gunicorn("benchmarks.bare_page:application", env=env | {"BENCH_PAGE": str(kept)}) as bare:
                contenders = {
                    "vi": partial(per_second, ours, asked, expect=200),
                    "golv": partial(per_second, bare, asked, expect=200),
                }
                figures = interleave(contenders)
            old = old_pages(ours)
    print(f"publik dialogsida, kvot mot golvet: {ratio(figures, 'vi', 'golv'):.2f} (mål: minst {GOAL})")
    print(f"gamla sidor efter en ändring: {old} av {EDITS * LOOKS} (mål: 0)")


def asked() -> bytes:
    """A visitor's request, packed as browsers ask for it."""
    return f"GET {PATH} HTTP/1.1\r\nHost: localhost\r\nConnection: keep-alive\r\nAccept-Encoding: gzip\r\n\r\n".encode()


def fetch(port: int) -> bytes:
    """The page once, packed."""
    line = HTTPConnection("localhost", port)
    line.request("GET", PATH, headers={"Accept-Encoding": "gzip"})
    answer = line.getresponse()
    body = answer.read()
    line.close()
    if answer.status != 200 or answer.headers["Content-Encoding"] != "gzip":
        raise SystemExit(f"Väntade en packad sida, fick {answer.status}.")
    return body


def old_pages(port: int) -> int:
    """How many pages were old after the coordinator had changed an issue's title."""
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

"""The workbench with 5,000 statements against 100: the same number of queries, and hardly slower.

Each size has a database server of its own; the two take turns, so that a busy machine is busy for both.
Run: python -m benchmarks.workbench
"""

import statistics
import subprocess
import sys
import time
from typing import Any

from benchmarks.arena import ROOT, interleave, start_servers

FEW, MANY = 100, 5_000
LIMIT = 1.5
PERSPECTIVES, THEMES, TIMES = 60, 8, 3


def build(size: int) -> str:
    """So many answers waiting to be read and so many coded statements; gives the coordinator's e-mail."""
    from surveys import codebook, theming
    from tests import factories as make

    place = make.collaboration()
    ake = make.user("samordnare@ostberga.example", name="Åke")
    make.coordinator(place, ake)
    wave = make.wave(make.survey(place))
    books = [
        codebook.formulate(collaboration=place, title={"sv": f"Vi som tycker {number}"}, by=ake)
        for number in range(PERSPECTIVES)
    ]
    for number in range(THEMES):
        theme = theming.create_theme(collaboration=place, title={"sv": f"Tema {number}"}, by=ake)
        for perspective in books[number::THEMES]:
            theming.place(perspective=perspective, theme=theme, by=ake)
    _speak(size, wave, ake, books)
    return ake.email


def _speak(size: int, wave: Any, ake: Any, books: list[Any]) -> None:
    """Everything that was said, stored at once."""
    from django.utils import timezone

    from surveys.models import Answer, Attachment, Response, Statement

    asked = wave.survey.questions.get()
    responses = [Response(wave=wave, submission_hash=f"s{n}", receipt_hash=f"r{n}") for n in range(2 * size)]
    words = [f"Parkbelysningen vid port {n} är trasig och ingen lagar den." for n in range(2 * size)]
    answers = [Answer(response=one, question=asked, text=text) for one, text in zip(responses, words, strict=True)]
    said = [
        Statement(
            wave=wave,
            answer=answers[n],
            raw_text=words[n],
            text=words[n],
            role=("resident", "official")[n % 2],
            state=Statement.State.CONFIRMED,
            reviewed_by=ake,
            reviewed_at=timezone.now(),
        )
        for n in range(size)
    ]
    for model, rows in ((Response, responses), (Answer, answers), (Statement, said)):
        model.objects.bulk_create(rows)  # type: ignore[attr-defined]
    Attachment.objects.bulk_create(
        Attachment(statement=one, perspective=books[n % PERSPECTIVES], attached_by=ake) for n, one in enumerate(said)
    )


def addresses() -> dict[str, str]:
    """The pages a coder lives in."""
    from django.urls import reverse

    from surveys.models import Answer, Perspective

    answer = Answer.objects.filter(statements__isnull=True).order_by("response__received_on", "pk").first()
    perspective = Perspective.objects.earliest("pk")
    assert answer is not None
    bench = reverse("coordinate:coding-source", args=["ostberga", "svar", answer.pk])
    listed = reverse("coordinate:statements", args=["ostberga"])
    return {
        "koda": bench,
        "sök perspektiv": f"{bench}?koppla=tycker",
        "utsagor": listed,
        "sök utsaga": f"{listed}?q=belysning+99",
        "perspektiv": reverse("coordinate:perspectives", args=["ostberga"]),
        "ett perspektiv": reverse("coordinate:perspective", args=["ostberga", perspective.pk]),
    }


def serve(size: int) -> None:
    """In a process of its own: make the pages each time a line comes in; answer with queries and milliseconds."""
    with start_servers(durable=False):
        import django

        django.setup()
        from django.db import connection
        from django.test import Client
        from django.test.utils import CaptureQueriesContext

        from actors.models import User

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


class Coder:
    """Someone who works with so many statements."""

    def __init__(self, size: int) -> None:
        command = [sys.executable, "-m", "benchmarks.workbench", str(size)]
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


def main() -> int:
    """Print the ratio per page; fail if any is above the limit or asks more of the database."""
    few, many = Coder(FEW), Coder(MANY)
    failed = False
    for page in ("koda", "sök perspektiv", "utsagor", "sök utsaga", "perspektiv", "ett perspektiv"):
        print(f"\n{page} (ms)")
        figures = interleave({str(FEW): lambda: few.open(page), str(MANY): lambda: many.open(page)}, rounds=7)  # noqa: B023
        ratio = statistics.median(figures[str(MANY)]) / statistics.median(figures[str(FEW)])
        asked = (few.queries[page], many.queries[page])
        good = ratio <= LIMIT and asked[0] == asked[1]
        failed |= not good
        said = "ok" if good else "FEL"
        print(f"{page}: {ratio:.2f} (högst {LIMIT}), frågor {asked[0]} och {asked[1]}: {said}", flush=True)
    few.leave()
    many.leave()
    return int(failed)


if __name__ == "__main__":
    if len(sys.argv) > 1:
        serve(int(sys.argv[1]))
    else:
        sys.exit(main())

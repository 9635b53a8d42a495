"""One process's share of a capture."""

import json
from pathlib import Path
from typing import Any

from responses import jobs, routes
from responses.answers import Shelf
from responses.asking import Asker, PlannedRequest, from_json
from responses.stage import WORKERS


def work(number: int, _seed: Path, out: Path) -> None:
    """Ask every question whose turn it is; the first process also does the work of the queue."""
    asker, shelf = Asker(), Shelf(out, number)
    if number == 0:
        _urlconf(shelf, out)
    with (out / "plan.jsonl").open() as lines:
        for place, line in enumerate(lines):
            if place % 1000 == 0 and number == 0:
                print(f"capture: {place}", flush=True)
            if place % WORKERS == number:
                row = json.loads(line)
                _ask(asker, shelf, from_json(row), row["route"])
    if number == WORKERS - 1 and not _without_jobs(out):
        for name, answer in jobs.done(asker):
            shelf.put(name, answer, kind="job", route="")
    shelf.close()


def _ask(asker: Asker, shelf: Shelf, question: PlannedRequest, route: str) -> None:
    kind = question.method + (" htmx" if question.target is not None else "") + (" form" if question.data else "")
    shelf.put(question.name, asker.ask(question), kind=kind, route=route)


def _urlconf(shelf: Shelf, out: Path) -> None:
    """The routes and their names are an answer too: links in letters and bookmarks rest on them."""
    result = routes.all_routes()
    told: dict[str, Any] = {"body": "\n".join(sorted(f"{route} {name}" for route, name in result))}
    shelf.put("urlconf", told, kind="urlconf", route="")
    (out / "routes.txt").write_text("\n".join(dict.fromkeys(route for route, _name in result)))


def _without_jobs(out: Path) -> bool:
    """Whether only some pages were asked for; `--only jobs` asks for none."""
    partial = out / "partial"
    return partial.exists() and partial.read_text() not in {"", "jobs"}

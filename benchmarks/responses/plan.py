"""Decides what to ask: walks through the pages as everyone, then has everyone try what anyone has found."""

import json
from collections import Counter, deque
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any
from urllib.parse import urldefrag, urljoin

from lxml import html  # type: ignore[import-untyped]
from lxml.html import HtmlElement  # type: ignore[import-untyped]
from responses import by_hand, forms, people
from responses.asking import Asker, Pairs, PlannedRequest
from responses.routes import all_routes, fill, kind_of, language_of, route_of

SEEN_BY_ONE, ASKED_BY_ALL, POSTED_BY_ALL, FILES_ASKED, SENT_OF_A_FORM = 4, 4, 2, 1, 1
FIRST = (
    "/",
    "/mitt/",
    "/samordna/ostberga/",
    "/samordna/annanstans/",
    "/annanstans/",
    "/ostberga/",
    "/kvitto/",
    "/brev/",
)
# They ask in every way; the others plainly.
CURIOUS = (people.VISITOR, "resident", "right-body", "coordinator")
RESIDENTS = (people.VISITOR, "resident")
LINKS = frozenset({"href", "src", "action", "formaction", "hx-get", "hx-post"})
FILES = (".pdf", ".xlsx", ".docx", ".ics")


class Map:
    """What has been found: addresses of each kind, and questions that only some ask."""

    def __init__(self, asker: Asker, world: dict[str, Any]) -> None:
        self._asker, self._code = asker, world["code"]
        self.starts = [
            *FIRST,
            *world["everyone"],
            *world["official"],
            *world["coordinator"],
            world["rows"],
            world["refused"],
        ]
        self.known: dict[tuple[str, tuple[str, ...]], dict[str, None]] = {}
        self.special: dict[str, PlannedRequest] = {}
        self._public: set[str] = set()
        self._sent: Counter[tuple[object, ...]] = Counter()

    def note(self, path: str) -> None:
        """An address that exists."""
        kind = kind_of(path)
        if kind[0]:
            self.known.setdefault(kind, {})[path] = None

    def walk(self, who: str, starts: Iterable[str], only: str = "/") -> None:
        """Open the starts and what their pages lead to, a few addresses of each kind."""
        waiting, opened, times = deque(starts), set(), Counter[tuple[str, tuple[str, ...]]]()
        while waiting:
            path = waiting.popleft()
            kind = kind_of(path)
            if path in opened or times[kind] >= SEEN_BY_ONE or not kind[0] or not path.startswith(only):
                continue
            # Public pages are the same for everyone: the visitor has walked them.
            if who not in {people.VISITOR, people.ADMIN} and kind[0] in self._public:
                continue
            opened.add(path)
            times[kind] += 1
            self.note(path)
            if not path.split("?")[0].endswith(FILES):
                waiting += self._open(who, path)

    def public_is_walked(self) -> None:
        """What has been found so far exists in all languages, and is the same for everyone, or needs no account."""
        languages = [route for route, _name in all_routes() if route.startswith("en/")]
        self._public = {route.removeprefix("en/") for route in languages}

    def _open(self, who: str, path: str) -> list[str]:
        answer = self._asker.ask(PlannedRequest(who, "GET", path))
        if place := answer["headers"].get("Location", ""):
            return [place] if place.startswith("/") else []
        if answer["status"] != 200 or not answer["headers"].get("Content-Type", "").startswith("text/html"):
            return []
        page = html.document_fromstring(answer["body"] or "<p>")
        self._parts(who, path, page)
        more = self._forms(who, path, page)
        return [*_links(path, page), *more]

    def _parts(self, who: str, path: str, page: HtmlElement) -> None:
        """What htmx would ask for from this page."""
        for element in page.iter():
            target = forms.htmx_target(element) if isinstance(element.tag, str) else None
            if target is not None:
                asked = urljoin(path, element.get("hx-get") or element.get("hx-post") or path)
                for place in {asked, path}:
                    self._once(PlannedRequest(who, "GET", place, target), (who, kind_of(place), target))

    def go_further(self) -> None:
        """Send the forms, and note those that only the next page has: to undo, to open again."""
        for item in list(self.special.values()):
            if item.method != "POST" or item.target is not None or item.who == people.ADMIN or not item.data:
                continue
            answer = self._asker.ask(item)
            then = answer.get("then", {})
            if then.get("status") == 200 and then["headers"].get("Content-Type", "").startswith("text/html"):
                page = html.document_fromstring(then["body"])
                self._forms(item.who, answer["headers"].get("Location", item.path), page, (item.path, item.data))

    def note_by_hand(self) -> None:
        """What only a script, or a link in a letter, asks for."""
        for item in by_hand.questions(self.starts):
            self.special[item.name] = item

    def _forms(self, who: str, path: str, page: HtmlElement, before: tuple[str, Pairs] | None = None) -> list[str]:
        """Note what the forms would send; the addresses of those that only ask."""
        more = []
        for form in forms.filled_in(page, path, self._code):
            names = (form.label, tuple(name for name, _ in form.data))
            if form.method == "GET":
                more.append(form.path.split("?")[0] + "?" + forms.query(form.data))
            elif form.path.startswith("/"):
                self.note(form.path)
                label = f"{form.label} {self._number(form)}"
                asked = PlannedRequest(who, "POST", form.path, None, form.data, label, before)
                self._once(asked, (who, kind_of(form.path), names))
                if form.target is not None and before is None:
                    swapped = PlannedRequest(who, "POST", form.path, form.target, form.data, label)
                    self._once(swapped, (who, kind_of(form.path), names, form.target))
        return more

    def _number(self, form: forms.Filled) -> int:
        """Tells forms with the same address and label apart."""
        return self._sent[(form.path, form.label)]

    def _once(self, question: PlannedRequest, kind: tuple[object, ...]) -> None:
        if question.name not in self.special and self._sent[kind] < SENT_OF_A_FORM:
            self._sent[kind] += 1
            self._sent[(question.path, question.label.rpartition(" ")[0])] += 1
            self.special[question.name] = question

    def fill_gaps(self) -> None:
        """Addresses for the routes that nobody was led to."""
        for _ in range(2):
            paths: dict[str, list[str]] = {}
            for (route, _names), result in self.known.items():
                paths.setdefault(route, []).extend(result)
            for route, _name in all_routes():
                if route not in paths:
                    for path in fill(route, paths):
                        self.note(path)


def write(_number: int, seed: Path) -> None:
    """Walk, and write everything to be asked to `plan.jsonl`."""
    world = json.loads((seed / "world.json").read_text())
    result = Map(Asker(), world)
    for who in people.EVERYBODY:
        result.walk(who, result.starts)
        result.public_is_walked()
        print(f"plan: {who} has walked; {len(result.known)} kinds, {len(result.special)} forms and parts", flush=True)
    for language in ("en", "so", "ar"):
        result.walk(people.VISITOR, [f"/{language}{path}" for path in result.starts], f"/{language}/")
    result.walk(people.ADMIN, ["/admin/"], "/admin/")
    result.fill_gaps()
    result.go_further()
    result.note_by_hand()
    questions = {
        item.name: item for item in (*_asked_by_all(result), *_posted_by_all(result), *result.special.values())
    }
    with (seed / "plan.jsonl").open("w") as lines:
        for item in _thinned(list(questions.values())):
            lines.write(json.dumps({"name": item.name, "route": route_of(item.path), **item.as_json()}) + "\n")
    print(f"plan: {len(questions)} questions about {sum(map(len, result.known.values()))} addresses")


def _thinned(questions: list[PlannedRequest]) -> Iterator[PlannedRequest]:
    """Fewer of those whose answers are the same: public pages for others than the visitor, queries, bare htmx."""
    public = {route.removeprefix("en/") for route, _name in all_routes() if route.startswith("en/")}
    asked = Counter[tuple[object, ...]]()
    for item in questions:
        kind = (item.who, item.method, item.target, item.label, *kind_of(item.path))
        asked[kind] += 1
        whole_form = item.label not in {"", "empty"} and item.who != people.ADMIN
        if whole_form or asked[kind] <= _how_many(item, public):
            yield item


def _how_many(item: PlannedRequest, public: set[str]) -> int:
    """How many addresses of a kind this person asks for in this way."""
    route, names = kind_of(item.path)
    if (names or item.target == "") and (item.who not in CURIOUS or route.startswith("admin/")):
        return 0
    if route.startswith("konto/") and item.who not in CURIOUS:
        return 0
    if language_of(item.path) != "sv":
        return 2 if item.who == people.VISITOR else 1
    if (
        (route in public and item.who not in {people.VISITOR, people.KEPT})
        or item.method == "POST"
        or item.target == ""
    ):
        return 1
    if route.startswith("samordna/") and item.who != "coordinator":
        return 1
    return 2 if names or item.who not in CURIOUS else ASKED_BY_ALL


def _asked_by_all(result: Map) -> Iterator[PlannedRequest]:
    for (route, _names), paths in result.known.items():
        for number, path in enumerate(list(paths)[: FILES_ASKED if route.endswith(FILES) else ASKED_BY_ALL]):
            for who in _who(path):
                yield PlannedRequest(who, "GET", path)
                if number == 0 and not path.endswith(FILES):
                    yield PlannedRequest(who, "GET", path, "")
            if "?" not in path and not path.startswith(("/admin/", "/samordna/", "/mitt/", "/konto/")):
                yield PlannedRequest(people.KEPT, "GET", path)


def _posted_by_all(result: Map) -> Iterator[PlannedRequest]:
    for (_route, names), paths in result.known.items():
        for path in list(paths)[: POSTED_BY_ALL if not names else 0]:
            for who in _who(path):
                yield PlannedRequest(who, "POST", path, None, (), "empty")


def _who(path: str) -> tuple[str, ...]:
    if path.startswith("/admin/"):
        return (people.ADMIN, people.VISITOR, "coordinator")
    return RESIDENTS if language_of(path) != "sv" else people.EVERYBODY


def _links(path: str, page: HtmlElement) -> list[str]:
    """Where the page leads; what scripts ask for stands in attributes of their own."""
    result: dict[str, None] = {}
    for element in page.iter():
        for name, said in element.attrib.items() if isinstance(element.tag, str) else ():
            if name in LINKS or (name.startswith("data-") and said.startswith("/")):
                result[urldefrag(urljoin(path, said)).url.removeprefix("http://localhost:8000")] = None
    return [item for item in result if item.startswith("/") and not item.startswith(("//", "/static/"))]

"""Walks through the pages a person can reach, and notes what is wrong with each: for eyes, ears, thumbs and privacy."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from http import HTTPStatus
from pathlib import Path
from urllib.parse import urldefrag, urljoin, urlsplit

from django.conf import settings
from django.test import Client
from django.urls import Resolver404, resolve
from django.utils import translation
from playwright.sync_api import ConsoleMessage, Page, Request

from tests.house.addresses import ours

WIDTH = 360
AXE = (Path(settings.BASE_DIR) / "node_modules" / "axe-core" / "axe.min.js").read_text()
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
JUDGE = """async (rules) => {
  const found = await axe.run(document, { runOnly: rules, resultTypes: ["violations"] });
  return found.violations.map((one) => `axe ${one.id}: ${one.help}\\n        ` + one.nodes.slice(0, 3).map(
    (node) => `${node.target.join(" ")}\\n          ${node.html.slice(0, 200)}\\n          `
      + node.failureSummary.split("\\n").slice(1, 3).join("; ").trim()).join("\\n        "));
}"""
# Whatever sticks out, unless it lies in something that scrolls by itself.
STICKS_OUT = """(width) => {
  if (document.documentElement.scrollWidth <= width) return [];
  const rolls = (one) => one && (getComputedStyle(one).overflowX !== "visible" || rolls(one.parentElement));
  const wide = [...document.querySelectorAll("body *")].filter((one) => {
    const box = one.getBoundingClientRect();
    return box.width && (box.right > width + 1 || box.left < -1) && !rolls(one.parentElement);
  });
  return wide.slice(-3).map((one) => one.outerHTML.slice(0, 160));
}"""
LINKS = "Array.from(document.querySelectorAll('a[href]'), (link) => link.href)"
# Files: fetched to see that they are there, not opened as pages.
FILES = {
    *("coordinate:poster", "coordinate:sheet", "coordinate:channel-qr", "coordinate:import-template"),
    "dialogue:activity-picture",
    *("coordinate:report-draft", "reports:pdf", "reports:picture", "reading-picture", "health"),
    *("mfa_download_recovery_codes", "meeting-calendar", "reports:minutes-pdf", "my-minutes-pdf"),
}


def name_of(address: str) -> str:
    """The name of an address in the urlconf; empty if there is none."""
    path = urlsplit(address).path
    language = path.split("/")[1]
    with translation.override(language if language in dict(settings.LANGUAGES) else "sv"):
        try:
            return resolve(path).view_name or ""
        except Resolver404:
            return ""


@dataclass
class Crawl:
    """What all who walked have seen, and every fault with the places it was found."""

    home: str
    faults: dict[str, list[str]] = field(default_factory=lambda: defaultdict(list))
    seen: set[str] = field(default_factory=set)
    pages: int = 0

    def report(self) -> str:
        """Each fault once, with where it was seen; empty if there is none."""
        texts = []
        for fault, places in sorted(self.faults.items(), key=lambda one: -len(one[1])):
            more = f" och {len(places) - 4} till" if len(places) > 4 else ""
            texts.append(f"{fault}\n    på: {', '.join(places[:4])}{more}")
        return "\n\n".join(texts)


class Walker:
    """One person with one phone."""

    def __init__(self, crawl: Crawl, who: str, page: Page, only: str = "") -> None:
        """`only` is the part that all addresses must begin with (`/ar/`), for someone who reads one language."""
        self.crawl, self.who, self.page, self.only = crawl, who, page, only
        # Public pages are the same for everyone: whoever reads Swedish need not open what another has.
        self.known: set[str] = set() if only else crawl.seen
        self.heard: list[str] = []
        page.on("console", self._console)
        page.on("pageerror", lambda error: self.heard.append(f"fel i skript: {error}"))
        page.on("request", self._request)

    def walk(self, starts: Iterable[str]) -> None:
        """Open all the starts, and from there one page of each name that a link leads to."""
        waiting = [urljoin(self.crawl.home, start) for start in starts]
        forced = set(waiting)
        while waiting:
            address = waiting.pop(0)
            if address in forced or self._is_new(address):
                forced.discard(address)
                self._open(address)
                waiting += self._links()

    def look(self, expected: int = 200, status: int = 200) -> None:
        """Judge the page that stands there."""
        page = self.page
        self.crawl.pages += 1
        self.crawl.seen.add(name_of(page.url))
        self.known.add(name_of(page.url))
        if status != expected:
            self.heard.append(f"svarade {status}")
        if sticks_out := page.evaluate(STICKS_OUT, WIDTH):
            self.heard.append("bredare än skärmen:\n        " + "\n        ".join(sticks_out))
        page.evaluate(AXE)
        self.heard += page.evaluate(JUDGE, RULES)
        for fault in self.heard:
            self.crawl.faults[fault].append(f"{self.who} {urlsplit(page.url).path}")
        self.heard.clear()

    def open(self, address: str, expected: int = 200) -> None:
        """Go to a page that is expected to answer so."""
        answer = self.page.goto(address)
        self.look(expected, answer.status if answer else 0)

    def _open(self, address: str) -> None:
        name = name_of(address)
        self.known.add(name)
        self.crawl.seen.add(name)
        if name not in FILES:
            self.open(address)
        elif (status := self.page.context.request.get(address).status) != 200:
            self.crawl.faults[f"filen svarade {status}"].append(f"{self.who} {urlsplit(address).path}")

    def _is_new(self, address: str) -> bool:
        name = name_of(address)
        if not name and urlsplit(address).path.startswith(settings.STATIC_URL):
            return False
        return name not in self.known and not name.startswith("admin:")

    def _links(self) -> list[str]:
        found = [urldefrag(link).url for link in self.page.evaluate(LINKS)]
        return [link for link in found if link.startswith(self.crawl.home + self.only)]

    def _console(self, message: ConsoleMessage) -> None:
        # A page that says 404 or 422 is no fault of its own; a picture or a script that is missing is.
        own = message.location.get("url") == self.page.url and "Failed to load resource" in message.text
        if message.type == "error" and not own:
            self.heard.append(f"i konsolen: {message.text}")

    def _request(self, request: Request) -> None:
        self.crawl.seen.add(name_of(request.url))  # a picture in a page is seen too
        if not request.url.startswith((self.crawl.home, "data:", "blob:", "about:")):
            self.heard.append(f"frågar någon annan: {request.url[:120]}")


def pages_of_the_house(client: Client, slug: str) -> set[str]:
    """The names of all our addresses that answer to GET; the others are acts."""
    return {
        name_of(one.path) for one in ours(slug) if client.get(one.path).status_code != HTTPStatus.METHOD_NOT_ALLOWED
    }

"""Crawl the pages that a person can reach and collect faults: accessibility, width, errors, foreign requests."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from http import HTTPStatus
from pathlib import Path
from urllib.parse import urldefrag, urljoin, urlsplit

from django.conf import settings
from django.test import Client
from django.urls import Resolver404, resolve, reverse
from django.utils import translation
from playwright.sync_api import ConsoleMessage, Locator, Page, Request, Route

from tests.house.addresses import ours

WIDTH = 360
AXE = (Path(settings.BASE_DIR) / "node_modules" / "axe-core" / "axe.min.js").read_text()
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
RUN_AXE = """async (rules) => {
  const found = await axe.run(document, { runOnly: rules, resultTypes: ["violations"] });
  return found.violations.map((one) => `axe ${one.id}: ${one.help}\\n        ` + one.nodes.slice(0, 3).map(
    (node) => `${node.target.join(" ")}\\n          ${node.html.slice(0, 200)}\\n          `
      + node.failureSummary.split("\\n").slice(1, 3).join("; ").trim()).join("\\n        "));
}"""
# Elements that are wider than the screen, unless inside something that scrolls.
FIND_OVERFLOW = """(width) => {
  if (document.documentElement.scrollWidth <= width) return [];
  const rolls = (one) => one && (getComputedStyle(one).overflowX !== "visible" || rolls(one.parentElement));
  const wide = [...document.querySelectorAll("body *")].filter((one) => {
    const box = one.getBoundingClientRect();
    return box.width && (box.right > width + 1 || box.left < -1) && !rolls(one.parentElement);
  });
  return wide.slice(-3).map((one) => one.outerHTML.slice(0, 160));
}"""
LINKS = "Array.from(document.querySelectorAll('a[href]'), (link) => link.href)"
# Files: fetched, not opened as pages.
FILES = {
    *("coordinate:poster", "coordinate:sheet", "coordinate:channel-qr", "coordinate:import-template"),
    *("coordinate:import-large-refused", "coordinate:import-not-saved"),
    "dialogue:activity-picture",
    *("coordinate:report-draft", "reports:pdf", "reports:picture", "reading-picture", "health"),
    *("mfa_download_recovery_codes", "meeting-calendar", "reports:minutes-pdf", "my-minutes-pdf"),
    *("security-log-file", "coordinate:take-out-file", "coordinate:take-out-fetch", "dialogue:news-feed"),
    *("dialogue:calendar", "my-calendar-file"),
    "coordinate:paper",
}


def name_of(address: str) -> str:
    """Return the URL name of an address; empty if it has none."""
    path = urlsplit(address).path
    language = path.split("/")[1]
    with translation.override(language if language in dict(settings.LANGUAGES) else "sv"):
        try:
            return resolve(path).view_name or ""
        except Resolver404:
            return ""


@dataclass
class Crawl:
    """The URL names that all walkers have seen, and every fault with the pages it was on."""

    home: str
    faults: dict[str, list[str]] = field(default_factory=lambda: defaultdict(list))
    seen: set[str] = field(default_factory=set)
    pages: int = 0

    def report(self) -> str:
        """Return each fault once, with its pages; empty if there is none."""
        texts = []
        for fault, places in sorted(self.faults.items(), key=lambda fault: -len(fault[1])):
            more = f" och {len(places) - 4} till" if len(places) > 4 else ""
            texts.append(f"{fault}\n    på: {', '.join(places[:4])}{more}")
        return "\n\n".join(texts)


class Walker:
    """A person with a phone."""

    def __init__(self, crawl: Crawl, who: str, page: Page, only: str = "") -> None:
        """With `only` (such as `/ar/`) the walker follows no links to other paths."""
        self.crawl, self.who, self.page, self.only = crawl, who, page, only
        # Public pages are the same for everyone, so Swedish readers share what has been seen.
        self.known: set[str] = set() if only else crawl.seen
        self.notes: list[str] = []
        page.on("console", self._console)
        page.on("pageerror", lambda error: self.notes.append(f"fel i skript: {error}"))
        page.on("request", self._request)
        page.route(f"**{reverse('asked-file')}**", _stay)

    def walk(self, starts: Iterable[str]) -> None:
        """Open all the starts, and by following links one page of each URL name."""
        waiting = [urljoin(self.crawl.home, start) for start in starts]
        forced = set(waiting)
        while waiting:
            address = waiting.pop(0)
            if address in forced or self._is_new(address):
                forced.discard(address)
                self._open(address)
                waiting += self._links()

    def send(self, button: Locator) -> None:
        """Press a button that leads to another page, and wait until that page has come with its style sheet.

        A press alone returns while the old page, or the new one without its style, is still what a check would see.
        """
        with self.page.expect_navigation(wait_until="load"):
            button.click()

    def look(self, expected: int = 200, status: int = 200) -> None:
        """Check the current page."""
        page = self.page
        page.wait_for_load_state("load")
        self.crawl.pages += 1
        self.crawl.seen.add(name_of(page.url))
        self.known.add(name_of(page.url))
        if status != expected:
            self.notes.append(f"svarade {status}")
        if overflow := page.evaluate(FIND_OVERFLOW, WIDTH):
            self.notes.append("bredare än skärmen:\n        " + "\n        ".join(overflow))
        page.evaluate(AXE)
        self.notes += page.evaluate(RUN_AXE, RULES)
        for fault in self.notes:
            self.crawl.faults[fault].append(f"{self.who} {urlsplit(page.url).path}")
        self.notes.clear()

    def open(self, address: str, expected: int = 200) -> None:
        """Open a page and check it, expecting this status."""
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
        links = [urldefrag(link).url for link in self.page.evaluate(LINKS)]
        return [link for link in links if link.startswith(self.crawl.home + self.only)]

    def _console(self, message: ConsoleMessage) -> None:
        # The page itself may answer 404 or 422, also to the script that sends its form; a missing picture is a fault.
        asked = urlsplit(message.location.get("url") or "")._replace(query="", fragment="")
        here = urlsplit(self.page.url)._replace(query="", fragment="")
        own = asked == here and "Failed to load resource" in message.text
        if message.type == "error" and not own:
            self.notes.append(f"i konsolen: {message.text}")

    def _request(self, request: Request) -> None:
        self.crawl.seen.add(name_of(request.url))  # also pictures in a page
        if not request.url.startswith((self.crawl.home, "data:", "blob:", "about:")):
            self.notes.append(f"frågar någon annan: {request.url[:120]}")


def _stay(route: Route) -> None:
    """Hand out a page without its Refresh header, which would lead away while the page is checked."""
    answer = route.fetch(max_redirects=0)
    headers = {name: value for name, value in answer.headers.items() if name != "refresh"}
    route.fulfill(response=answer, headers=headers)


def pages_of_the_house(client: Client, slug: str) -> set[str]:
    """Return the URL names of ours that answer GET."""
    return {
        name_of(address.path)
        for address in ours(slug)
        if client.get(address.path).status_code != HTTPStatus.METHOD_NOT_ALLOWED
    }

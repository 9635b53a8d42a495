"""«Rapporten»: a theme, a report, and what everybody reads."""

import io

from pypdf import PdfReader

from benchmarks.first_day.beginning import WRITTEN
from benchmarks.first_day.helping import DARK, PLACE, SEE
from benchmarks.first_day.person import Person
from tests.browser.hands import Desk

TITLE = "Så säger vi på Norra berget"
IMPORTED = "Mer ljus på gången bakom skolan."
# The site's file, read by the browser that is on its page: Playwright's own client knows no other port.
FETCH = """async (path) => Array.from(new Uint8Array(await (await fetch(path)).arrayBuffer()))"""


def publish(kim: Person) -> None:
    """Put a perspective in a theme, and make and publish a report of what was said."""
    desk = Desk(kim.page, PLACE)
    desk.new_theme("Ljus och vägar", SEE)
    kim.menu("Berätta", "Rapporter")
    desk.compose(TITLE)
    desk.make()
    desk.publish()


def read(resident: Person) -> str:
    """Read the report as a resident, on its page and as a PDF. Returns the words of the PDF."""
    resident.open(f"/{PLACE}/")
    resident.follow("Rapporter")
    resident.follow(TITLE)
    for said in (WRITTEN, IMPORTED, DARK):
        resident.see(said)
    link = resident.page.get_by_role("link", name="Ladda ner som PDF").get_attribute("href")
    pages = PdfReader(io.BytesIO(bytes(resident.page.evaluate(FETCH, link)))).pages
    return " ".join(" ".join(page.extract_text() for page in pages).split())

"""Page objects: signing in, answering a form, and the coordinator's desk."""

from typing import Any

from django.urls import reverse
from playwright.sync_api import Page, expect

# Selects words in the raw text, as a mouse would; labels in it are not part of the text.
MARK = """(words) => {
  const source = document.querySelector("[data-mark-source]");
  const walker = document.createTreeWalker(source, NodeFilter.SHOW_TEXT);
  const places = [];
  while (walker.nextNode()) {
    const node = walker.currentNode;
    if (node.parentElement.closest("[data-aside]")) continue;
    [...node.data].forEach((sign, at) => places.push([node, at, sign]));
  }
  const start = places.map(([, , sign]) => sign).join("").indexOf(words);
  const [first, last] = [places[start], places[start + words.length - 1]];
  document.getSelection().setBaseAndExtent(first[0], first[1], last[0], last[1] + 1);
}"""
PASSWORD = "ostberga-demo"


def sign_in(page: Page, email: str, password: str = PASSWORD) -> None:
    """Sign in on the sign-in page."""
    page.goto(reverse("account_login"))
    page.get_by_label("E-post").fill(email)
    page.get_by_label("Lösenord").fill(password)
    page.get_by_role("button", name="Logga in").click()


def answer(page: Page, door: str, words: str) -> str:
    """Answer the form. Returns the receipt code."""
    page.goto(door)
    page.locator("textarea").first.fill(words)
    page.locator("button[data-send]").click()
    page.wait_for_url("**/kvitto/")
    return page.locator("#code").inner_text()


class Desk:
    """The coordinator's work, from interviews to reports."""

    def __init__(self, page: Page, slug: str) -> None:
        self.page, self.slug = page, slug

    def go(self, name: str, *args: Any) -> None:
        """Open a page of the workshop."""
        self.page.goto(reverse(f"coordinate:{name}", args=[self.slug, *args]))

    def press(self, name: str) -> None:
        """Press a button, found by its text."""
        self.page.get_by_role("button", name=name, exact=True).click()

    def write_down(self, notes: str, residents: int) -> None:
        """Register an interview."""
        self.go("interview-new")
        self.page.get_by_label("Vad sades?").fill(notes)
        self.page.get_by_label("Boende", exact=True).fill(str(residents))
        self.press("Spara och visa lappen")
        expect(self.page.locator("#code")).to_be_visible()

    def read(self, words: str) -> None:
        """Go through the texts on the workbench until the one with these words."""
        self.go("coding")
        raw = self.page.locator("[data-mark-source]")
        raw.wait_for()
        while words not in raw.inner_text():
            with self.page.expect_navigation():
                self.page.get_by_role("link", name="Nästa", exact=True).click()

    def cut(self, words: str) -> None:
        """Select some words and cut a statement out of them."""
        self.page.evaluate(MARK, words)
        self.press("Klipp ut det markerade")
        self.page.wait_for_url("**utsaga=**")

    def confirm(self) -> None:
        """Confirm the redacted text."""
        self.press("Bekräfta")
        expect(self.page.get_by_role("heading", name="Så läser andra den")).to_be_visible()

    def new_perspective(self, title: str) -> None:
        """Attach the statement to a new perspective."""
        self.page.get_by_label("Eller ett nytt perspektiv").fill(title)
        self.press("Skapa")
        expect(self.attached(title)).to_be_visible()

    def attach(self, title: str) -> None:
        """Attach the statement to an existing perspective."""
        self.page.locator("#coding_hits").get_by_role("button", name=title).click()
        expect(self.attached(title)).to_be_visible()

    def attached(self, title: str) -> Any:
        """Return the link of a perspective that the statement is attached to."""
        return self.page.locator(".attached").get_by_role("link", name=title)

    def new_theme(self, title: str, perspective: str) -> None:
        """Create a theme with one perspective in it."""
        self.go("theme-new")
        self.page.locator("main input[type=text]").first.fill(title)
        self.press("Spara")
        self.page.locator("form[action*=lagg-i] select").select_option(label=perspective)
        self.press("Lägg till")

    def compose(self, title: str) -> None:
        """Create a report and fill in its texts."""
        self.go("reports")
        self.page.get_by_label("Rapportens namn").fill(title)
        self.press("Börja")
        self.page.get_by_role("link", name="Texter").first.click()
        for field in ("summary", "method", "limitations", "next_steps"):
            self.page.locator(f"textarea[name={field}]").fill("Så här är det.")
        self.press("Spara")

    def make(self) -> None:
        """Request a version and wait until the page shows that it is done."""
        self.press("Gör rapport")
        self.page.wait_for_url("**/versioner/**")
        expect(self.page.get_by_role("link", name="Öppna PDF")).to_be_visible(timeout=180_000)

    def make_without_scripts(self) -> None:
        """Request a version and reload until it is done, as without scripts."""
        self.press("Gör rapport")
        self.page.wait_for_url("**/versioner/**")
        for _ in range(180):
            if self.page.get_by_role("link", name="Öppna PDF").count():
                return
            self.page.wait_for_timeout(1000)
            self.page.get_by_role("link", name="Uppdatera").click()
        raise AssertionError("rapporten blev aldrig färdig")

    def publish(self) -> None:
        """Publish the version."""
        self.press("Publicera")
        if self.page.locator("dialog[open]").count():
            self.page.locator("dialog[open]").get_by_role("button", name="Publicera").click()
        expect(self.page.get_by_text("Rapporten är publicerad.").first).to_be_visible()

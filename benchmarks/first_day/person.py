"""Somebody at a browser, who finds everything by the words on the screen. Counts what she does and reads."""

import re
import time
from collections.abc import Iterator
from contextlib import contextmanager, nullcontext
from dataclasses import dataclass, field
from pathlib import Path

from playwright.sync_api import Browser, Locator, Page, expect

SITE, PASSWORD = "https://localhost", "blåbär på hyllan 37"
SECONDS_A_SIGN, SECONDS_AN_ACT, WORDS_A_SECOND = 0.3, 2.0, 4.0  # 200 signs and 240 words a minute, as most people do
PATIENCE = 60_000  # milliseconds
PERIOD = 30  # seconds that a code of the app is good for


@dataclass
class Effort:
    """What a human would have had to do."""

    acts: int = 0
    signs: int = 0
    words: int = 0

    @property
    def acting(self) -> float:
        """How many seconds it takes to type and to point."""
        return self.signs * SECONDS_A_SIGN + self.acts * SECONDS_AN_ACT

    @property
    def reading(self) -> float:
        """How many seconds it takes to read every word of every new page, also those that nobody reads."""
        return self.words / WORDS_A_SECOND


@dataclass
class Person:
    """One person with a browser of her own."""

    name: str
    page: Page
    effort: Effort = field(default_factory=Effort)
    read: set[str] = field(default_factory=set)
    secret: str = ""  # of her app with codes
    used_period: int = 0

    @classmethod
    def sit_down(cls, browser: Browser, name: str) -> "Person":
        """Open a browser window for her."""
        window = browser.new_context(
            base_url=SITE, ignore_https_errors=True, locale="sv-SE", viewport={"width": 1280, "height": 900}
        )
        window.set_default_timeout(PATIENCE)
        return cls(name, window.new_page())

    def open(self, path: str) -> None:
        """Open an address that she was told: by the handbook, or in a letter."""
        self.page.goto(path)
        self._read_page()

    def fill(self, label: str, words: str) -> None:
        """Write in the field with this label."""
        self._labelled(label).fill(words)
        self.effort.acts += 1
        self.effort.signs += len(words)
        self.read |= {words, f"«{words}»"}  # she knows her own words when a page shows them

    def choose(self, label: str, option: str) -> None:
        """Choose in the list whose label begins so."""
        self.page.get_by_label(re.compile(rf"^\s*{re.escape(label)}(?!\w)")).first.select_option(label=option)
        self.effort.acts += 2

    def tick(self, label: str) -> None:
        """Tick the box or the choice with this label."""
        self._labelled(label).check()
        self.effort.acts += 1

    def tick_beginning(self, label: str) -> None:
        """Tick the choice whose label begins so, before it explains itself."""
        self.page.get_by_label(re.compile(rf"^\s*{re.escape(label)}")).first.check()
        self.effort.acts += 1

    def press(self, name: str, *, stays: bool = False) -> None:
        """Press the button with this text, and the one of the question that may follow. `stays`: no new page comes."""
        button = self.page.get_by_role("button", name=name, exact=True).first
        with nullcontext() if stays else self.page.expect_navigation():
            question = button.get_attribute("data-confirm-yes")
            button.click()
            if question:
                self.page.locator("dialog[open]").get_by_role("button", name=question, exact=True).click()
                self.effort.acts += 1
        self._settle()

    def follow(self, name: str) -> None:
        """Follow the link whose text begins so."""
        self._go(self.page.get_by_role("link", name=re.compile(rf"^\s*{re.escape(name)}(?!\w)")).first)

    def menu(self, room: str, *pages: str) -> None:
        """Go through the menu: «Samverkan → Personer»."""
        for name in (room, *pages):
            self._go(self.page.get_by_role("navigation").get_by_role("link", name=name, exact=True).first)

    def see(self, words: str) -> None:
        """Wait until the page shows these words. Raises AssertionError."""
        expect(self.page.get_by_text(words).first).to_be_visible(timeout=PATIENCE)

    def join(self, letter: str) -> None:
        """Open the link of an invitation, choose a password, and add a second step if she is asked for one."""
        self.open(letter)
        self.fill("Välj ett lösenord", PASSWORD)
        self.press("Gör kontot klart")
        if self.page.get_by_role("heading", name="Skydda ditt konto").count():
            self.add_the_app()

    def add_the_app(self) -> None:
        """Choose the app with codes as second step, and go on from the page with spare codes."""
        self.follow("Använd en app")
        self.secret = self.page.locator("main code").first.inner_text()
        self.fill("Kod", self.code_of_the_app())
        self.press("Slå på")
        self.follow("Klart, jag har sparat dem")

    def show_that_it_is_her(self) -> None:
        """Answer «Är det du?» when a page asks, with the password or the app."""
        if self.page.get_by_role("heading", name="Är det du?").count():
            is_password = self.page.get_by_label("Lösenord").count()
            self.fill("Lösenord" if is_password else "Kod", PASSWORD if is_password else self.code_of_the_app())
            self.press("Fortsätt")

    def code_of_the_app(self) -> str:
        """Return the code that her app shows, once each: she waits for the next when it has been used."""
        from allauth.mfa.totp.internal.auth import hotp_value  # wants the settings

        while int(time.time()) // PERIOD == self.used_period:
            time.sleep(0.5)
        self.used_period = int(time.time()) // PERIOD
        return f"{hotp_value(self.secret, self.used_period):06}"

    def _labelled(self, label: str) -> Locator:
        """Return the field that is labelled so, whatever stands in brackets after it."""
        return self.page.get_by_label(re.compile(rf"^\s*{re.escape(label)}( \(.+\))?\s*$")).first

    def _go(self, link: Locator) -> None:
        with self.page.expect_navigation():
            link.click()
        self._settle()

    def _settle(self) -> None:
        self.effort.acts += 1
        self.page.wait_for_load_state()
        self._read_page()

    def _read_page(self) -> None:
        """Count the words that she has not read before, line by line."""
        main = self.page.locator("main")
        lines = set(main.first.inner_text().splitlines()) if main.count() else set()
        lines -= set(main.locator("option").all_inner_texts())  # nobody sees them before she opens the list
        self.effort.words += sum(len(re.findall(r"\w+", line)) for line in lines - self.read)
        self.read |= lines


@contextmanager
def pictures(people: list[Person], folder: Path) -> Iterator[None]:
    """Keep a picture of each screen when something is not as the handbook says."""
    try:
        yield
    except Exception:
        folder.mkdir(parents=True, exist_ok=True)
        for person in people:
            person.page.screenshot(path=folder / f"{person.name}.png", full_page=True)
        raise

"""Fixtures for tests in a real Chromium. Without a browser these tests fail; they are never skipped."""

import os
import shutil
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser, ConsoleMessage, Page, expect, sync_playwright

# Playwright runs an event loop in this thread, which makes Django think that we are asynchronous.
os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"

# Milliseconds that anything in a browser may take. High for busy machines; a passing test never waits so long.
TIMEOUT = 30_000
expect.set_options(timeout=TIMEOUT)

OpenBrowser = Callable[..., Page]
PROGRAMS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
ARGUMENTS = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking"]
PHONE: dict[str, Any] = {"viewport": {"width": 360, "height": 740}, "has_touch": True, "is_mobile": True}


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    """One browser for all tests: the machine's, else the one that Playwright has downloaded."""
    program = next(filter(None, map(shutil.which, PROGRAMS)), None)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=program, args=ARGUMENTS)
        yield browser
        browser.close()


@pytest.fixture
def open_browser(chromium: Browser, live_server: Any, settings: Any) -> Iterator[OpenBrowser]:
    """Return a function that opens a phone without cookies; options differ from it: `java_script_enabled=False`.

    Whoever signs in is not led to her second factor; the test of that sets SECOND_FACTOR itself.
    Anything that our Content-Security-Policy blocks fails the test.
    """
    settings.SECOND_FACTOR = "off"
    contexts, blocked = [], []

    def note(message: ConsoleMessage) -> None:
        if "Content Security Policy" in message.text:
            blocked.append(message.text)

    def open_page(**options: Any) -> Page:
        context = chromium.new_context(base_url=live_server.url, **{**PHONE, **options})
        contexts.append(context)
        context.set_default_timeout(TIMEOUT)  # also for tabs that a page opens
        page = context.new_page()
        page.on("console", note)
        return page

    yield open_page
    for context in contexts:
        context.close()
    assert blocked == []


@pytest.fixture
def phone(open_browser: OpenBrowser) -> Page:
    """Amina's phone."""
    return open_browser()

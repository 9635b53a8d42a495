"""A real Chromium in front of a real server. If there is none the tests fail and say so; they never skip."""

import os
import shutil
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser, ConsoleMessage, Page, expect, sync_playwright

# Playwright runs an event loop in this thread, which makes Django think that we are asynchronous.
os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"

# How long anything in a browser may take, in milliseconds: a busy machine is slow, and a test that passes never waits.
PATIENCE = 30_000
expect.set_options(timeout=PATIENCE)

OpenBrowser = Callable[..., Page]
PROGRAMS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
ARGUMENTS = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking"]
PHONE: dict[str, Any] = {"viewport": {"width": 360, "height": 740}, "has_touch": True, "is_mobile": True}


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    """One browser for all tests; its own download where the machine has none."""
    program = next(filter(None, map(shutil.which, PROGRAMS)), None)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=program, args=ARGUMENTS)
        yield browser
        browser.close()


@pytest.fixture
def open_browser(chromium: Browser, live_server: Any) -> Iterator[OpenBrowser]:
    """`open_browser()` is a phone with nothing in it; name what differs: `open_browser(java_script_enabled=False)`.

    Whatever the page was refused by our own Content-Security-Policy fails the test.
    """
    contexts, refused = [], []

    def note(message: ConsoleMessage) -> None:
        if "Content Security Policy" in message.text:
            refused.append(message.text)

    def open_page(**options: Any) -> Page:
        context = chromium.new_context(base_url=live_server.url, **{**PHONE, **options})
        contexts.append(context)
        context.set_default_timeout(PATIENCE)  # for the tabs that a page opens as well
        page = context.new_page()
        page.on("console", note)
        return page

    yield open_page
    for context in contexts:
        context.close()
    assert refused == []


@pytest.fixture
def phone(open_browser: OpenBrowser) -> Page:
    """Amina's phone."""
    return open_browser()

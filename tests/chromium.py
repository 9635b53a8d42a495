"""Where the browser is. Without one the browser tests fail and say so; they never skip silently."""

import shutil
from pathlib import Path

import pytest

from ostberga.local.install import BROWSERS

# A root account can't use Chromium's own sandbox, and a small machine has little shared memory.
ARGUMENTS = [
    "--no-sandbox", "--disable-gpu", "--disable-quic", "--disable-dev-shm-usage", "--no-first-run",
    "--disable-background-networking", "--disable-component-update", "--disable-sync",
]  # fmt: skip


def program(playwrights_own: str) -> str:
    """The machine's Chromium, else the one that Playwright downloaded (`playwright.chromium.executable_path`)."""
    found = next((path for path in map(shutil.which, BROWSERS) if path), None)
    if found is None and not Path(playwrights_own).exists():
        pytest.fail("Chromium saknas. Debian: sudo apt install chromium. Annars: .venv/bin/playwright install chromium")
    return found or playwrights_own

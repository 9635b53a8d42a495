"""The city's login in tests: a real provider in a process of its own, and somebody with a browser there."""

import json
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from html import unescape
from pathlib import Path
from typing import Any
from urllib.parse import urljoin, urlsplit

import requests
from django.test import Client

from ostberga.settings import city_logins
from tests.house.files import ROOT

PROGRAM = Path(__file__).with_name("provider.mjs")
CLIENT_ID, SECRET = "ostberga", "en-hemlighet-som-bara-finns-i-tester"
LOGIN, DESK = "/konto/oidc/stad/login/", "/mitt/"
# Who the provider says that somebody is, as typed on its form.
ANNA = {"sub": "a7f3", "email": "anna@stad.example", "verified": "1", "acr": "loa3", "amr": "pwd otp"}
BERIT = {**ANNA, "sub": "b902", "email": "berit@stad.example"}


@dataclass
class City:
    """The provider, seen from a browser of somebody's."""

    issuer: str
    session: requests.Session = field(default_factory=requests.Session)

    def anew(self) -> "City":
        """Return the provider seen from another browser."""
        return City(self.issuer)

    def answer_to(self, address: str, person: dict[str, str], act: str = "in") -> str:
        """Follow the address, log in as the person where the provider asks, and return where it leads back to."""
        while address.startswith(self.issuer):
            page = self.session.get(address, allow_redirects=False)
            if not page.is_redirect:
                assert "<form method" in page.text, page.text
                page = self.session.post(address, data={**person, "act": act}, allow_redirects=False)
            address = urljoin(address, page.headers["Location"])
        return address

    def sign_in(self, browser: Client, person: dict[str, str], path: str = LOGIN, **typed: Any) -> Any:
        """Leave our page by its button, log in at the provider, and return what our site answers then."""
        return browser.get(inside(self.answer_to(leads_to(browser.post(path, typed)), person)))


def leads_to(page: Any) -> str:
    """Return the address that a page of ours goes on to by itself, which is the same as that of its link."""
    assert page.status_code == 200, page.status_code
    on = re.findall(r'http-equiv="refresh" content="0; url=([^"]+)"', page.text)
    assert re.findall(r'<a class="ds-button" href="([^"]+)"', page.text) == on
    address: str = unescape(on[0])
    return address


def inside(address: str) -> str:
    """Return the path and query of an address of ours."""
    parts = urlsplit(address)
    assert (parts.scheme, parts.netloc) == ("http", "testserver")
    return f"{parts.path}?{parts.query}" if parts.query else parts.path


@contextmanager
def running(site: str) -> Iterator[str]:
    """Run the provider for a site at this address; gives the provider's."""
    client = {
        "client_id": CLIENT_ID,
        "client_secret": SECRET,
        "redirect_uris": [f"{site}{LOGIN}callback/"],
        "post_logout_redirect_uris": [f"{site}/konto/utloggad/"],
    }
    node = shutil.which("node") or str(Path(sys.executable).with_name("node"))  # as ostberga/local/install.py found it
    command = [node, str(PROGRAM), json.dumps({"clients": [client]})]
    process = subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True)
    try:
        assert process.stdout
        address = process.stdout.readline().strip()
        assert address, f"leverantören startade inte (npm ci?): {process.wait()}"
        yield address
    finally:
        process.kill()
        process.wait()


def configure(monkeypatch: Any, settings: Any, issuer: str, **variables: str) -> None:
    """Set the variables of the environment and read the settings from them, as at a start."""
    given = {"SERVER_URL": issuer, "CLIENT_ID": CLIENT_ID, "SECRET": SECRET, "ACR": "loa3", **variables}
    for name, value in given.items():
        monkeypatch.setenv(f"OIDC_{name}", value)
    settings.SOCIALACCOUNT_PROVIDERS = city_logins.providers()

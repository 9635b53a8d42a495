"""What the proxy answers while the application restarts, is away, or refuses to read any more."""

import base64
import hashlib
import random
import re
import shutil
import threading
import time
from uuid import uuid4

import pytest

from surveys.models import Answer, Response
from tests.house.files import ROOT
from tests.http.production import Site, production

pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.slow,
    pytest.mark.skipif(shutil.which("caddy") is None, reason="Caddy is not installed here"),
]
PAGES = ROOT / "docs" / "drift" / "proxy"
RELOADS = 3


@pytest.fixture
def site(tmp_path, talk, autumn):
    with production(tmp_path, "caddy") as running:
        yield running


def test_nobody_loses_what_she_sent_while_the_application_restarts(site, autumn):
    """One story, since it takes ten seconds to start."""
    question, code = autumn.survey.questions.get().pk, autumn.survey.channels.get().code
    nothing_is_lost_in_three_reloads(site, f"/svara/{code}/", f"q{question}")
    what_is_sent_meanwhile_waits_for_the_start(site, f"/svara/{code}/", f"q{question}")
    too_much_is_told(site)
    it_says_in_four_languages_that_it_is_away(site, f"/svara/{code}/", f"q{question}")


def send(site: Site, path: str, name: str, words: str = "Mer ljus.") -> int:
    """Send an answer from an address of its own, so that nobody has sent too many."""
    client = f"127.0.{random.randrange(1, 255)}.{random.randrange(1, 255)}"
    return site.form(path, {"nyckel": str(uuid4()), name: words}, client=client).status


def nothing_is_lost_in_three_reloads(site: Site, path: str, name: str) -> None:
    statuses: list[int] = []
    done = threading.Event()

    def send_until_done() -> None:
        while not done.is_set():
            statuses.append(send(site, path, name))

    people = [threading.Thread(target=send_until_done) for _ in range(3)]
    for person in people:
        person.start()
    for _ in range(RELOADS):
        before = len(statuses)
        site.gunicorn.reload()
        _wait_until(lambda before=before: len(statuses) >= before + 15)
    done.set()
    for person in people:
        person.join()
    assert set(statuses) == {303}
    assert Response.objects.count() == len(statuses)


def what_is_sent_meanwhile_waits_for_the_start(site: Site, path: str, name: str) -> None:
    """Each gets her own words in: Caddy, when it kept forms to try again, mixed up those that were equally long."""
    everybody, statuses = {f"Lampa nummer {number}." for number in range(10, 35)}, []
    site.gunicorn.stop()
    people = [
        threading.Thread(target=lambda words=words: statuses.append(send(site, path, name, words)))
        for words in everybody
    ]
    for person in people:
        person.start()
    site.gunicorn.start()
    for person in people:
        person.join()
    assert (set(statuses), everybody - {str(answer.text) for answer in Answer.objects.all()}) == ({303}, set())


def too_much_is_told(site: Site) -> None:
    page = site.securely("POST", "/konto/login/", b"x", Content_Type="text/plain", Content_Length="21000000")
    assert (page.status, "för stort" in page.text) == (413, True)


def it_says_in_four_languages_that_it_is_away(site: Site, path: str, name: str) -> None:
    site.gunicorn.stop()
    pages = [site.securely("GET", "/ostberga/"), site.form(path, {name: "Mer ljus."})]
    assert [page.status for page in pages] == [502, 502]
    for page in pages:
        assert [f'lang="{language}"' in page.text for language in ("sv", "en", "so", "ar")] == [True] * 4
        assert (page.headers["Cache-Control"], page.headers["Retry-After"]) == ("no-store", "60")
        assert page.headers["Content-Security-Policy"].startswith("default-src 'none'")


def _wait_until(is_so) -> None:
    end = time.monotonic() + 60
    while not is_so():
        assert time.monotonic() < end
        time.sleep(0.05)


def test_the_style_of_each_page_is_the_one_that_the_proxy_allows():
    site = (ROOT / "docs" / "drift" / "Caddyfile").read_text()

    for page in PAGES.glob("*.html"):
        style = re.findall(r"<style>(.*?)</style>", page.read_text(), re.DOTALL)[0]
        digest = base64.b64encode(hashlib.sha256(style.encode()).digest()).decode()
        assert f"'sha256-{digest}'" in site

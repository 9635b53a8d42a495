"""docs/asvs.md has every requirement of level 1 and 2, names only tests that exist, and leaves none open."""

import os
import re
import subprocess
import sys

import pytest

from tests.house.files import ROOT

ROWS = [
    [cell.strip() for cell in line.strip("|").split("|")]
    for line in (ROOT / "docs" / "asvs.md").read_text().splitlines()
    if re.match(r"\| \d+\.\d+\.\d+ \|", line)
]
# Requirements of level 1 and 2 in each chapter of ASVS 5.0.0.
IN_CHAPTER = dict(enumerate([27, 11, 19, 10, 9, 35, 18, 7, 7, 29, 14, 9, 13, 9, 13, 16, 7], start=1))
TESTED = {"2", "5", "6", "7", "8"}
OVER_HTTPS = """
import django; django.setup()
from django.conf import settings as s
print(s.SESSION_COOKIE_NAME, s.CSRF_COOKIE_NAME, s.SESSION_COOKIE_SECURE, s.CSRF_COOKIE_SECURE,
      s.SESSION_COOKIE_HTTPONLY, s.SESSION_COOKIE_SAMESITE, s.SECURE_HSTS_SECONDS >= 31536000)
"""


def test_every_requirement_has_one_line():
    numbers = [row[0] for row in ROWS]
    chapters = [int(number.partition(".")[0]) for number in numbers]

    assert len(set(numbers)) == len(numbers)
    assert {chapter: chapters.count(chapter) for chapter in IN_CHAPTER} == IN_CHAPTER
    assert [[row[1] for row in ROWS].count(level) for level in ("1", "2")] == [70, 183]


def test_none_is_left_open():
    assert [row[0] for row in ROWS if len(row) != 5 or not row[3]] == []
    needs = [row for row in ROWS if row[0].split(".")[0] in TESTED and not row[3].startswith(("Ej", "Drift"))]
    assert [row[0] for row in needs if row[4] == "–"] == []


@pytest.mark.parametrize("named", sorted({row[4].strip("`") for row in ROWS} - {"–"}))
def test_the_named_test_exists(named):
    path, _, name = named.partition("::")
    text = (ROOT / path).read_text()

    assert not name or re.search(rf"^def {name}\(", text, re.MULTILINE)


def test_cookies_of_an_installation_over_https():
    site = {"OSTBERGA_MODE": "test", "SITE_URL": "https://dialog.example.se"}
    environment = {**os.environ, **site, "DJANGO_SETTINGS_MODULE": "ostberga.settings"}
    command = [sys.executable, "-c", OVER_HTTPS]
    told = subprocess.run(command, env=environment, cwd=ROOT, capture_output=True, text=True, check=True)

    assert told.stdout.split() == ["__Host-sessionid", "__Host-csrftoken", "True", "True", "True", "Lax", "True"]


def test_every_answer_has_the_headers_that_browsers_obey(db, amina):
    answers = [amina.get(path) for path in ("/", "/konto/login/", "/finns-inte/", "/halsa/")]

    assert {answer.headers["X-Content-Type-Options"] for answer in answers} == {"nosniff"}
    assert {answer.headers["Referrer-Policy"] for answer in answers} == {"same-origin"}
    policies = [answer.headers["Content-Security-Policy"] for answer in answers]
    for part in ("frame-ancestors 'none'", "default-src 'none'", "base-uri 'none'"):
        assert [part in policy for policy in policies] == [True] * 4

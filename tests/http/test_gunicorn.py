"""The site as it runs in production: a real gunicorn behind a proxy with a certificate."""

import re
from uuid import uuid4

import pytest
from django.contrib.auth.hashers import PBKDF2PasswordHasher

from surveys.models import Survey
from tests import factories as make
from tests.http.production import Site, production
from tests.http.tls import PROXIES

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.slow]
FORM = "application/x-www-form-urlencoded"
PASSWORD = "ett långt lösenord 1"


@pytest.fixture(params=sorted(PROXIES))
def site(request, tmp_path, talk, autumn):
    tova = make.user("tova@ostberga.example")
    tova.password = PBKDF2PasswordHasher().encode(PASSWORD, "salt")  # as production stores it
    tova.save()
    with production(tmp_path, request.param) as running:
        yield running


def test_a_site_in_production_keeps_its_word(site, autumn):
    """One story, since it takes ten seconds to start."""
    cookies_belong_to_this_host_alone(site, autumn.survey)
    it_asks_for_https_here_and_nowhere_else(site)
    no_header_moves_the_site(site)
    an_unknown_host_is_refused_though_the_page_is_kept(site)
    what_cannot_be_read_is_refused_with_our_page(site)
    the_log_quotes_nobody(site)


def cookies_belong_to_this_host_alone(site: Site, survey: Survey) -> None:
    answers = {"nyckel": str(uuid4()), f"q{survey.questions.get().pk}": "Mer ljus."}
    login = site.securely("GET", "/konto/login/")
    token = re.findall(r'csrfmiddlewaretoken" value="(\w+)', login.text)[0]
    typed = {"csrfmiddlewaretoken": token, "login": "tova@ostberga.example", "password": PASSWORD}
    sent = {"Cookie": f"__Host-csrftoken={login.cookie('__Host-csrftoken')}", "Referer": "https://localhost/"}
    pages = [
        login,
        site.form(f"/svara/{survey.channels.get().code}/", answers),
        site.form("/konto/login/", typed, Origin="https://localhost", **sent),
    ]
    made = [cookie for page in pages for cookie in page.headers.get_all("Set-Cookie") or []]
    names = {"__Host-csrftoken", "__Host-kand", "__Host-kvitto", "__Host-sessionid"}
    assert {cookie.partition("=")[0] for cookie in made} == names
    assert [cookie for cookie in made if not {"Secure", "Path=/"} <= set(cookie.split("; "))] == []
    assert [cookie for cookie in made if "domain=" in cookie.lower()] == []


def it_asks_for_https_here_and_nowhere_else(site: Site) -> None:
    assert site.securely("GET", "/").headers["Strict-Transport-Security"] == "max-age=31536000"


def no_header_moves_the_site(site: Site) -> None:
    for headers in ({"SCRIPT__NAME": "/so"}, {"SCRIPT_NAME": "/so"}, {"PATH__INFO": "/so/ostberga/"}):
        page = site.get("/ostberga/", **headers)
        assert (page.status, 'href="/so/svara' in page.text, '<html lang="sv"' in page.text) == (200, False, True)
    assert '<html lang="so"' in site.get("/so/ostberga/").text


def an_unknown_host_is_refused_though_the_page_is_kept(site: Site) -> None:
    assert site.get("/ostberga/").status == 200
    page = site.get("/ostberga/", Host="example.org")
    assert (page.status, "går inte att läsa" in page.text) == (400, True)


def what_cannot_be_read_is_refused_with_our_page(site: Site) -> None:
    answers = [
        site.get("/ostberga/sa-gick-det/?lage=a/b"),
        site.send("POST", "/folj/", b"a=b", Content_Type=f"{FORM}; charset=utf-7", Cookie="__Host-csrftoken=x"),
        site.send("POST", "/konto/login/", b"a=b", Content_Type=f"{FORM}; charset=nej"),
        site.send("POST", "/folj/", b"epost=%00", Content_Type=FORM),
        site.send("POST", "/folj/", b"", Content_Type="multipart/form-data"),
        site.send("POST", "/folj/", b"a=&" * 6000, Content_Type=FORM),
        site.send("BREW", "/ostberga/"),
        site.get("/ostberga/", Cookie='__Host-sessionid="' + r"\000" * 32 + '"'),
    ]
    assert [(page.status, "går inte att läsa" in page.text) for page in answers] == [(400, True)] * len(answers)


def the_log_quotes_nobody(site: Site) -> None:
    assert site.send("(hemligt)", "/kvitto/?kod=HEMLIGT").status == 400
    assert site.send("GET", "/kvitto/?kod=HEMLIGT", Content_Length="hemligt").status == 400
    log = site.log.read_text()
    assert "Invalid request" in log
    assert [
        word for word in ("hemligt", "HEMLIGT", "127.0.0.1", "Traceback", "File ") if word in log.partition("pid:")[2]
    ] == []
    assert len(log) < 8000

"""Search engines are told of public pages in each language, and of nothing that is hidden, secret or a demo's."""

import pytest

from tests import factories as make

pytestmark = pytest.mark.django_db


def test_the_map_has_public_pages_in_each_language_and_no_hidden_issue(client, talk):
    make.issue(talk, "Lamporna", slug="lamporna")
    make.issue(talk, "Hemlig", slug="hemlig", published_at=None)
    demo = make.dialogue(make.collaboration("demo", is_demo=True))
    make.issue(demo, "Påhittad", slug="pahittad")
    text = client.get("/sitemap.xml").text

    for prefix in ("", "/en", "/so", "/ar"):
        assert f"<loc>http://testserver{prefix}/ostberga/fragor/lamporna/</loc>" in text
    assert 'hreflang="so"' in text
    assert "hemlig" not in text
    assert "/demo/" not in text


def test_every_address_in_the_map_is_a_page(client, talk):
    make.issue(talk, "Lamporna", slug="lamporna")
    text = client.get("/sitemap.xml").text
    paths = [part.partition("</loc>")[0].removeprefix("http://testserver") for part in text.split("<loc>")[1:]]

    assert paths
    assert {path for path in paths if client.get(path).status_code != 200} == set()


def test_what_is_not_for_them_is_left_alone(client):
    page = client.get("/robots.txt")

    assert page.headers["Content-Type"] == "text/plain; charset=utf-8"
    assert {"Disallow: /samordna/", "Disallow: /ar/kvitto/", "Disallow: /folj/"} <= set(page.text.splitlines())
    assert "Sitemap: http://testserver/sitemap.xml" in page.text

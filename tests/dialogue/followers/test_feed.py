"""Anybody reads the public news as a feed, and finds neither hidden issues nor followers' questions."""

import pytest
from lxml import etree  # type: ignore[import-untyped]

from dialogue.followers import news_collection
from dialogue.models import Issue, News
from tests import factories as make

pytestmark = pytest.mark.django_db
ATOM = "{http://www.w3.org/2005/Atom}"


@pytest.fixture
def news(talk, ake):
    """Two issues have moved, of which one is hidden."""
    for title, published in (("Lamporna", True), ("Hemliga bron", False)):
        issue = make.issue(talk, title, **({} if published else {"published_at": None}))
        issue.rounds.get().changes.create(from_step=1, to_step=2, move="onward", by=ake)
    news_collection.collect_news()
    return Issue.objects.get(title__sv="Lamporna")


def entries(page):
    rows = etree.fromstring(page.content).iter(f"{ATOM}entry")
    return [
        (row.findtext(f"{ATOM}title"), row.findtext(f"{ATOM}summary"), row.find(f"{ATOM}link").get("href"))
        for row in rows
    ]


def test_the_feed_tells_what_moved_and_leads_there(client, news):
    page = client.get("/ostberga/nyheter.atom")

    assert page.headers["Content-Type"].startswith("application/atom+xml")
    assert "Set-Cookie" not in page.headers
    ((title, summary, link),) = entries(page)
    assert title == "Lamporna"
    assert "Frågan står nu på steget" in summary
    assert link.endswith(news.get_absolute_url())


def test_what_was_hidden_since_is_gone_and_no_time_of_day_is_told(client, news, ake):
    assert News.objects.count() >= 1
    page = client.get("/ostberga/nyheter.atom")
    assert b"T12:00:00" in page.content
    news.unpublish(by=ake)
    assert entries(client.get("/ostberga/nyheter.atom")) == []


def test_a_question_to_followers_is_no_public_news(client, news):
    News.objects.update(kind=News.Kind.BETTER)
    assert entries(client.get("/ostberga/nyheter.atom")) == []


def test_nothing_of_another_collaboration(client, news):
    make.dialogue(make.collaboration("annanstans"))
    assert entries(client.get("/annanstans/nyheter.atom")) == []
    assert client.get("/finns-inte/nyheter.atom").status_code == 404

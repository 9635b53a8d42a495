"""The public news of a collaboration as an Atom feed, in the language of its address."""

import datetime as dt
from typing import Any

from django.contrib.syndication.views import Feed
from django.http import HttpRequest
from django.shortcuts import get_object_or_404
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone
from django.utils.feedgenerator import Atom1Feed
from django.utils.translation import get_language

from actors.models import Collaboration
from dialogue.followers.news_items import NewsItem, list_news_items
from dialogue.models import News
from ostberga.lib.translations.languages import in_language

ITEMS = 50


class NewsFeed(Feed):  # type: ignore[type-arg]  # generic for the type checker only
    """The same news that followers get by letter, but for questions that are asked of followers alone."""

    feed_type = Atom1Feed

    def get_object(self, request: HttpRequest, slug: str) -> Collaboration:  # noqa: ARG002
        """Return the collaboration in the address. Raises 404 when there is none, or it waits for its controller."""
        return get_object_or_404(Collaboration.objects.public(), slug=slug)

    def title(self, place: Collaboration) -> str:
        """Return its name."""
        return place.name

    def link(self, place: Collaboration) -> str:
        """Return its public front page."""
        return reverse("dialogue:public", args=[place.slug])

    def items(self, place: Collaboration) -> list[NewsItem]:
        """Return the latest news that may still be read, the newest first."""
        news = News.objects.filter(issue__dialogue__collaboration=place).exclude(kind=News.Kind.BETTER)
        return list_news_items(news.order_by("-pk")[:ITEMS])

    def item_title(self, item: Any) -> str:
        """Return the issue's title."""
        return in_language(item.issue.title, get_language() or "sv")

    def item_description(self, item: Any) -> str:
        """Return what happened, in the words of the letter."""
        return render_to_string("email/_news_line.txt", {"news": item}).strip()

    def item_link(self, item: NewsItem) -> str:
        """Return the page of the report or activity, or the issue's."""
        return item.path or item.issue.get_absolute_url()

    def item_guid(self, item: NewsItem) -> str:
        """Return what is the same for the same news, whatever its page is called."""
        return f"urn:ostberga:nyhet:{item.issue.dialogue.collaboration.slug}:{item.number}"

    def item_pubdate(self, item: NewsItem) -> dt.datetime:
        """Return noon of its day: no time is told."""
        return timezone.make_aware(dt.datetime.combine(item.on, dt.time(12)))

    def item_updateddate(self, item: NewsItem) -> dt.datetime:
        """Return the same: Atom wants one."""
        return self.item_pubdate(item)

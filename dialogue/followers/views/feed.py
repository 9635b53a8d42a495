"""The feed of public news."""

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from dialogue.followers.feed import NewsFeed


@login_not_required
@require_safe
def news_feed(request: HttpRequest, slug: str) -> HttpResponse:
    """Return the latest news as Atom, with nothing about who reads it."""
    return NewsFeed()(request, slug)

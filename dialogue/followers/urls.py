"""URL patterns by audience."""

from django.urls import path

from dialogue.followers.views import better, feed, following
from ostberga.lib.web.url_patterns import UrlPatterns

everyone: UrlPatterns = [  # residents, in every language
    path("folj/", following.follow, name="follow"),
    path("folj/tack/", following.asked, name="follow-asked"),
    path("folj/<str:token>/", following.manage, name="following"),
    path("folj/<str:token>/avsluta/", following.stop, name="following-stop"),
    path("battre/<str:token>/", better.better, name="better"),
]
public: UrlPatterns = [  # below /<samverkan>/, in every language
    path("nyheter.atom", feed.news_feed, name="news-feed"),
]

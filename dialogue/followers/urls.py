"""URL patterns by audience."""

from django.urls import path

from dialogue.followers.views import better, following
from ostberga.lib.web.url_patterns import UrlPatterns

everyone: UrlPatterns = [  # residents, in every language
    path("folj/", following.follow, name="follow"),
    path("folj/tack/", following.asked, name="follow-asked"),
    path("folj/<str:token>/", following.manage, name="following"),
    path("folj/<str:token>/avsluta/", following.stop, name="following-stop"),
    path("battre/<str:token>/", better.better, name="better"),
]

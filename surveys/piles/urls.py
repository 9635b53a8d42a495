"""URL patterns by audience."""

from django.urls import path

from ostberga.lib.web.url_patterns import UrlPatterns
from surveys.piles.views import coder
from surveys.piles.views import coordinator as dealing_pages

coordinator: UrlPatterns = [  # below /samordna/<samverkan>/
    path("hogar/", dealing_pages.piles, name="piles"),
    path("hogar/<int:pk>/", dealing_pages.pile, name="pile"),
    path("hogar/<int:pk>/ta-tillbaka/", dealing_pages.take_back, name="pile-take-back"),
    # For coders; whoever coordinates sees that she has none.
    path("koda-igen/", coder.second_coding_start, name="second-coding"),
    path("koda-igen/<int:pk>/", coder.second_coding_text, name="second-coding-text"),
    path("koda-igen/hog/<int:pk>/", coder.second_coding_done, name="second-coding-done"),
]

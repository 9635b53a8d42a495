"""URL patterns by audience."""

from django.urls import path

from dialogue.public_texts import views
from ostberga.lib.web.url_patterns import UrlPatterns

coordinator: UrlPatterns = [  # below /samordna/<samverkan>/
    path("texter/", views.public_texts, name="public-texts"),
    path("texter/dialog/<int:pk>/", views.dialogue_texts, name="dialogue-texts"),
]

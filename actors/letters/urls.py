"""URL patterns by audience."""

from django.urls import path

from actors.letters import views
from ostberga.lib.web.url_patterns import UrlPatterns

staff: UrlPatterns = [  # people who sign in, Swedish only
    path("brev/", views.outbox, name="letters"),
    path("brev/<uuid:pk>/", views.letter, name="letter"),
]
coordinator: UrlPatterns = [  # below /samordna/<samverkan>/
    path("brev/", views.letters, name="letters"),
    path("brev/gallra/", views.letters_dispose, name="letters-dispose"),
    path("brev/<uuid:pk>/igen/", views.letter_again, name="letter-again"),
]

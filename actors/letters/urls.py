"""URL patterns by audience."""

from django.urls import path

from actors.letters.views import administrator, demo
from actors.letters.views import coordinator as views
from ostberga.lib.web.url_patterns import UrlPatterns

staff: UrlPatterns = [  # people who sign in, Swedish only
    path("brev/", demo.outbox, name="letters"),
    path("brev/<uuid:pk>/", demo.letter, name="letter"),
    path("mitt/brev/", administrator.site_letters, name="site-letters"),
    path("mitt/brev/igen/", administrator.site_letters_again, name="site-letters-again"),
]
coordinator: UrlPatterns = [  # below /samordna/<samverkan>/
    path("brev/", views.letters, name="letters"),
    path("brev/igen/", views.letters_again, name="letters-again"),
    path("brev/gallra/", views.letters_dispose, name="letters-dispose"),
    path("brev/<uuid:pk>/igen/", views.letter_again, name="letter-again"),
]

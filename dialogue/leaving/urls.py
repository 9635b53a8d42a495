"""URL patterns by audience."""

from django.urls import path

from actors.permissions.asking_again import ask_again
from dialogue.leaving.views import coordinator as views
from dialogue.leaving.views import links
from ostberga.lib.web.url_patterns import UrlPatterns

staff: UrlPatterns = [  # registries with a link; Swedish only
    path("registrator/overtagande/<str:token>/", links.succession_link, name="succession-link"),
]
coordinator: UrlPatterns = [  # below /samordna/<samverkan>/
    path("personer/<int:pk>/avsluta/", ask_again(views.person_leaves), name="end-affiliation"),
    path("parter/<int:pk>/lamnar/", ask_again(views.body_leaves), name="partner-leave"),
    path("parter/overtagande/<int:pk>/igen/", views.succession_again, name="succession-again"),
]

"""URLs of leaving, by audience."""

from django.urls import path

from actors.permissions.asking_again import ask_again
from dialogue.leaving import views
from ostberga.lib.web.url_patterns import UrlPatterns

coordinator: UrlPatterns = [  # below /samordna/<samverkan>/
    path("personer/<int:pk>/avsluta/", ask_again(views.person_leaves), name="end-affiliation"),
    path("parter/<int:pk>/lamnar/", ask_again(views.body_leaves), name="partner-leave"),
]

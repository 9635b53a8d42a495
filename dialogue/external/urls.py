"""URL patterns by audience."""

from django.urls import path

from dialogue.external import views
from ostberga.lib.web.url_patterns import UrlPatterns

coordinator: UrlPatterns = [  # below /samordna/<samverkan>/
    path("utanfor/", views.all_outside, name="outside"),
    path("utanfor/namninsamling/ny/", views.petition_new, name="petition-new"),
    path("utanfor/namninsamling/<int:pk>/", views.petition, name="petition"),
    path("utanfor/brev/nytt/", views.outside_new, name="outside-new"),
    path("utanfor/brev/<int:pk>/", views.outside_question, name="outside-question"),
]

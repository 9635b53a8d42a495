"""URL patterns by audience."""

from django.urls import path

from dialogue.external.views import coordinator as views
from dialogue.external.views import links
from ostberga.lib.web.url_patterns import UrlPatterns

staff: UrlPatterns = [  # registries with a link; Swedish only
    path("registrator/egna-ord/<str:token>/", links.own_words_link, name="own-words-link"),
]
coordinator: UrlPatterns = [  # below /samordna/<samverkan>/
    path("utanfor/", views.all_outside, name="outside"),
    path("utanfor/namninsamling/ny/", views.petition_new, name="petition-new"),
    path("utanfor/namninsamling/<int:pk>/", views.petition, name="petition"),
    path("utanfor/namninsamling/<int:pk>/igen/", views.show_petition_again, name="petition-show-again"),
    path("utanfor/brev/nytt/", views.outside_new, name="outside-new"),
    path("utanfor/brev/<int:pk>/", views.outside_question, name="outside-question"),
    path("utanfor/brev/<int:pk>/igen/", views.show_question_again, name="outside-show-again"),
]

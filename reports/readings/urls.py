"""URL patterns by audience."""

from django.urls import path

from ostberga.lib.web.url_patterns import UrlPatterns
from reports.readings.views import reading, readings

everyone: UrlPatterns = [  # residents, in every language
    path("avstamning/<str:secret>/", reading.read, name="reading"),
    path("avstamning/<str:secret>/<str:name>", reading.picture, name="reading-picture"),
]
coordinator: UrlPatterns = [  # below /samordna/<samverkan>/
    path("rapporter/versioner/<uuid:key>/avstamning/", readings.invite, name="reading-invite"),
    path("rapporter/avstamning/<int:pk>/stang/", readings.close, name="reading-close"),
    path("rapporter/synpunkter/<int:pk>/", readings.comment, name="reading-comment"),
]

"""URL patterns by audience."""

from django.urls import path

from actors.legal import views
from ostberga.lib.web.url_patterns import UrlPatterns

everyone: UrlPatterns = [  # residents, in every language
    path("tillganglighet/", views.accessibility, name="accessibility"),
    path("personuppgifter/", views.privacy, name="privacy"),
    path("om/", views.about, name="about"),
]

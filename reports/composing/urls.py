"""URL patterns by audience."""

from django.urls import path

from ostberga.lib.web.url_patterns import UrlPatterns
from reports.composing.views import contents, writing

coordinator: UrlPatterns = [  # below /samordna/<samverkan>/
    path("rapporter/", writing.reports, name="reports"),
    path("rapporter/<int:pk>/texter/", writing.texts, name="report-texts"),
    path("rapporter/<int:pk>/horda/", writing.heard, name="report-heard"),
    path("rapporter/<int:pk>/samband/", writing.connections, name="report-connections"),
    path("rapporter/<int:pk>/samband/<int:link>/ta-bort/", writing.connection_remove, name="report-connection-remove"),
    path("rapporter/<int:pk>/innehall/", contents.contents, name="report-contents"),
    path("rapporter/<int:pk>/innehall/nytt/<int:theme>/", contents.theme_add, name="report-theme-add"),
    path("rapporter/<int:pk>/innehall/<int:chosen>/", contents.theme, name="report-theme"),
    path("rapporter/<int:pk>/innehall/<int:chosen>/<str:act>/", contents.theme_change, name="report-theme-change"),
]

"""Addresses, by who uses them."""

from django.urls import path

from ostberga.lib.web.addresses import Addresses
from reports.composing.views import composing, contents

coordinator: Addresses = [  # below /samordna/<samverkan>/
    path("rapporter/", composing.reports, name="reports"),
    path("rapporter/<int:pk>/texter/", composing.texts, name="report-texts"),
    path("rapporter/<int:pk>/horda/", composing.heard, name="report-heard"),
    path("rapporter/<int:pk>/samband/", composing.connections, name="report-connections"),
    path(
        "rapporter/<int:pk>/samband/<int:link>/ta-bort/", composing.connection_remove, name="report-connection-remove"
    ),
    path("rapporter/<int:pk>/innehall/", contents.contents, name="report-contents"),
    path("rapporter/<int:pk>/innehall/nytt/<int:theme>/", contents.theme_add, name="report-theme-add"),
    path("rapporter/<int:pk>/innehall/<int:chosen>/", contents.theme, name="report-theme"),
    path("rapporter/<int:pk>/innehall/<int:chosen>/<str:act>/", contents.theme_change, name="report-theme-change"),
]

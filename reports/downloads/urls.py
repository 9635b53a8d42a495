"""URL patterns by audience."""

from django.urls import path

from ostberga.lib.web.url_patterns import UrlPatterns
from reports.downloads.views import ordered, tables

coordinator: UrlPatterns = [  # below /samordna/<samverkan>/
    path("ta-ut/", tables.everything, name="take-out"),
    path("ta-ut/<slug:table>/", tables.table, name="take-out-table"),
    path("ta-ut/<slug:table>.<slug:format_>", tables.table_file, name="take-out-file"),
    path("ta-ut/<slug:table>/bestall/", ordered.order, name="take-out-order"),
    path("ta-ut/filer/<uuid:pk>/", ordered.state, name="take-out-state"),
    path("ta-ut/filer/<uuid:pk>/hamta/", ordered.fetch, name="take-out-fetch"),
]

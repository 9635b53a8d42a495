"""Addresses, by who uses them."""

from django.urls import URLPattern, URLResolver, path

from reports.views import composing, contents, minutes, posters, readings, versions
from reports.views import public as published
from reports.views import reading as draft

Addresses = list[URLPattern | URLResolver]

everyone: Addresses = [  # residents, in every language
    path("avstamning/<str:secret>/", draft.read, name="reading"),
    path("avstamning/<str:secret>/<str:name>", draft.picture, name="reading-picture"),
]
public: Addresses = [  # below /<samverkan>/, in every language
    path("rapporter/", published.reports, name="list"),
    path("rapporter/<slug:report_slug>/", published.report, name="report"),
    path("rapporter/<slug:report_slug>/rapport.pdf", published.pdf, name="pdf"),
    path("rapporter/<slug:report_slug>/<str:name>", published.picture, name="picture"),
    path("moten/<int:pk>/protokoll.pdf", minutes.minutes_pdf, name="minutes-pdf"),
]
staff: Addresses = [  # people who sign in, Swedish only
    path("mitt/mote/<int:pk>/protokoll.pdf", minutes.my_minutes_pdf, name="my-minutes-pdf"),
]
coordinator: Addresses = [  # below /samordna/<samverkan>/
    path("rapporter/", composing.reports, name="reports"),
    path("rapporter/<int:pk>/", composing.report, name="report"),
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
    path("rapporter/<int:pk>/gor/", versions.make, name="report-make"),
    path("rapporter/<int:pk>/dra-tillbaka/", versions.withdraw, name="report-withdraw"),
    path("rapporter/versioner/<uuid:key>/", versions.version, name="report-version"),
    path("rapporter/versioner/<uuid:key>/gor-om/", versions.retry, name="report-retry"),
    path("rapporter/versioner/<uuid:key>/publicera/", versions.publish, name="report-publish"),
    path("rapporter/versioner/<uuid:key>/avstamning/", readings.invite, name="reading-invite"),
    path("rapporter/versioner/<uuid:key>/<str:name>", versions.draft, name="report-draft"),
    path("rapporter/avstamning/<int:pk>/stang/", readings.close, name="reading-close"),
    path("rapporter/synpunkter/<int:pk>/", readings.comment, name="reading-comment"),
    path("formular/<int:pk>/kanaler/<int:channel>/affisch.pdf", posters.poster, name="poster"),
    path("formular/<int:pk>/kanaler/<int:channel>/blad-<str:language>.pdf", posters.sheet, name="sheet"),
]

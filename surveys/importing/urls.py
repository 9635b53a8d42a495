"""URL patterns by audience."""

from django.urls import path

from ostberga.lib.web.url_patterns import UrlPatterns
from surveys.importing.views import importing, large, not_saved, taking_back

coordinator: UrlPatterns = [  # below /samordna/<samverkan>/
    path("formular/<int:pk>/klistra-in/", importing.paste, name="import"),
    path("formular/<int:pk>/klistra-in/spara/", importing.store, name="import-store"),
    path("formular/<int:pk>/klistra-in/inte-sparade.xlsx", importing.refused, name="import-refused"),
    path("formular/<int:pk>/klistra-in/mall.xlsx", importing.template, name="import-template"),
    path("formular/<int:pk>/stor-fil/<uuid:large>/", large.show, name="import-large"),
    path("formular/<int:pk>/stor-fil/<uuid:large>/granska/", large.judge, name="import-large-judge"),
    path("formular/<int:pk>/stor-fil/<uuid:large>/spara/", large.store, name="import-large-store"),
    path("formular/<int:pk>/stor-fil/<uuid:large>/inte-sparade.xlsx", large.refused, name="import-large-refused"),
    path("formular/<int:pk>/importer/<uuid:answer_import>/", taking_back.show, name="import-done"),
    path("formular/<int:pk>/importer/<uuid:answer_import>/inte-sparade.xlsx", not_saved.file, name="import-not-saved"),
    path(
        "formular/<int:pk>/importer/<uuid:answer_import>/ta-tillbaka/", taking_back.take_back, name="import-take-back"
    ),
]

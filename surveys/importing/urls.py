"""URL patterns by audience."""

from django.urls import path

from ostberga.lib.web.url_patterns import UrlPatterns
from surveys.importing import views

coordinator: UrlPatterns = [  # below /samordna/<samverkan>/
    path("formular/<int:pk>/klistra-in/", views.paste, name="import"),
    path("formular/<int:pk>/klistra-in/spara/", views.store, name="import-store"),
    path("formular/<int:pk>/klistra-in/mall.xlsx", views.template, name="import-template"),
]

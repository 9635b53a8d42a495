"""Addresses, by who uses them."""

from django.urls import path

from ostberga.lib.web.addresses import Addresses
from surveys.importing import views

coordinator: Addresses = [  # below /samordna/<samverkan>/
    path("formular/<int:pk>/klistra-in/", views.paste, name="import"),
    path("formular/<int:pk>/klistra-in/spara/", views.store, name="import-store"),
    path("formular/<int:pk>/klistra-in/mall.xlsx", views.template, name="import-template"),
]

"""Addresses, by who uses them."""

from django.urls import path

from actors.plan import views
from ostberga.lib.web.url_patterns import UrlPatterns

coordinator: UrlPatterns = [  # below /samordna/<samverkan>/
    path("plan/", views.plan, name="plan"),
    path("plan/ny/", views.plan_new, name="plan-new"),
    path("plan/<int:pk>/ny-version/", views.plan_version, name="plan-version"),
    path("plan/utkast/", views.draft, name="draft"),
    path("plan/utkast/anta/", views.draft_adopt, name="draft-adopt"),
    path("plan/utkast/kasta/", views.draft_throw_away, name="draft-throw-away"),
    path("plan/utkast/<slug:kind>/i/<int:pk>/", views.part_new, name="plan-part-new"),
    path("plan/utkast/<slug:kind>/<int:pk>/", views.part, name="plan-part"),
    path("plan/utkast/<slug:kind>/<int:pk>/flytta/", views.part_move, name="plan-part-move"),
    path("plan/utkast/<slug:kind>/<int:pk>/ta-bort/", views.part_end, name="plan-part-end"),
]

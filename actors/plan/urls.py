"""URL patterns by audience."""

from django.urls import path

from actors.plan.views import drafting, public_pages
from ostberga.lib.web.url_patterns import UrlPatterns

public: UrlPatterns = [  # below /<samverkan>/, in every language
    path("plan/", public_pages.plan, name="plan"),
]
coordinator: UrlPatterns = [  # below /samordna/<samverkan>/
    path("plan/", drafting.plan, name="plan"),
    path("plan/ny/", drafting.plan_new, name="plan-new"),
    path("plan/<int:pk>/ny-version/", drafting.plan_version, name="plan-version"),
    path("plan/utkast/", drafting.draft, name="draft"),
    path("plan/utkast/anta/", drafting.draft_adopt, name="draft-adopt"),
    path("plan/utkast/kasta/", drafting.draft_throw_away, name="draft-throw-away"),
    path("plan/utkast/<slug:kind>/i/<int:pk>/", drafting.part_new, name="plan-part-new"),
    path("plan/utkast/<slug:kind>/<int:pk>/", drafting.part, name="plan-part"),
    path("plan/utkast/<slug:kind>/<int:pk>/flytta/", drafting.part_move, name="plan-part-move"),
    path("plan/utkast/<slug:kind>/<int:pk>/ta-bort/", drafting.part_end, name="plan-part-end"),
]

"""All URLs. Residents' pages exist in every language; Swedish has no prefix."""

from django.conf.urls.i18n import i18n_patterns
from django.contrib import admin
from django.urls import include, path

import actors.urls
import dialogue.urls
import reports.urls
import surveys.urls
from ostberga import views
from ostberga.http import search_engines

coordinate = [
    *actors.urls.coordinator,
    *surveys.urls.coordinator,
    *dialogue.urls.coordinator,
    *reports.urls.coordinator,
]

urlpatterns = [
    path("halsa/", views.health, name="health"),
    path("robots.txt", search_engines.robots, name="robots"),
    path("sitemap.xml", search_engines.sitemap, name="sitemap"),
    path("admin/", admin.site.urls),
    *actors.urls.staff,
    *dialogue.urls.staff,
    *reports.urls.staff,
    path("samordna/<slug:slug>/", include((coordinate, "coordinate"))),
    *i18n_patterns(
        path("", views.front, name="front"),
        *actors.urls.everyone,
        *surveys.urls.everyone,
        *dialogue.urls.everyone,
        *reports.urls.everyone,
        # Last, since they begin with the collaboration's slug, which would match the paths above.
        path("<slug:slug>/", include((actors.urls.public, "actors"))),
        path("<slug:slug>/", include((reports.urls.public, "reports"))),
        path("<slug:slug>/", include((dialogue.urls.public, "dialogue"))),
        prefix_default_language=False,
    ),
]

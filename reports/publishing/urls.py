"""URL patterns by audience."""

from django.urls import path

from ostberga.lib.web.url_patterns import UrlPatterns
from reports.publishing.views import public_pages, report, versions

public: UrlPatterns = [  # below /<samverkan>/, in every language
    path("rapporter/", public_pages.reports, name="list"),
    path("rapporter/<slug:report_slug>/", public_pages.report, name="report"),
    path("rapporter/<slug:report_slug>/rapport.pdf", public_pages.pdf, name="pdf"),
    path("rapporter/<slug:report_slug>/<str:name>", public_pages.picture, name="picture"),
]
coordinator: UrlPatterns = [  # below /samordna/<samverkan>/
    path("rapporter/<int:pk>/", report.report, name="report"),
    path("rapporter/<int:pk>/gor/", versions.make, name="report-make"),
    path("rapporter/<int:pk>/dra-tillbaka/", versions.withdraw, name="report-withdraw"),
    path("rapporter/versioner/<uuid:key>/", versions.version, name="report-version"),
    path("rapporter/versioner/<uuid:key>/gor-om/", versions.retry, name="report-retry"),
    path("rapporter/versioner/<uuid:key>/publicera/", versions.publish, name="report-publish"),
    path("rapporter/versioner/<uuid:key>/<str:name>", versions.draft, name="report-draft"),
]

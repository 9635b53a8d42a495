"""A report's findings as the HTML that becomes its PDF."""

from django.conf import settings
from django.template.loader import render_to_string
from django.utils import translation

from reports.rules.findings import Findings


def render_print_html(findings: Findings) -> str:
    """The whole report as one page to print, in Swedish. What people said is only ever text in it."""
    with translation.override("sv"):
        return render_to_string(
            "print/report.html", {"f": findings, "pictures": "image:", "site": settings.SITE_URL, "paper": True}
        )

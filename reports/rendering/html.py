"""The print HTML of a report, from which its PDF is made."""

from django.conf import settings
from django.template.loader import render_to_string
from django.utils import translation

from reports.rules.findings import Findings


def render_print_html(findings: Findings) -> str:
    """The whole report as one HTML page in Swedish. All findings are escaped as text."""
    with translation.override("sv"):
        return render_to_string(
            "print/report.html", {"f": findings, "pictures": "image:", "site": settings.SITE_URL, "paper": True}
        )

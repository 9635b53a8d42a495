"""The coordinator's page of one report: what is missing, its versions, publishing and withdrawing."""

from django.http import HttpResponse
from django.views.decorators.http import require_safe

from actors.permissions.lookups import SignedInRequest
from ostberga.lib.web.htmx import render_page
from reports.models import Report
from reports.permissions.lookups import report_of
from reports.publishing.forms import PublishReportForm, WithdrawReportForm
from reports.publishing.report_overview import build_report_overview


@require_safe
def report(request: SignedInRequest, slug: str, pk: int) -> HttpResponse:
    """Where one report stands: what is missing, its versions, who reads drafts, what is public."""
    return show_report(request, report_of(request, slug, pk))


def show_report(
    request: SignedInRequest, chosen: Report, status: int = 200, **forms: PublishReportForm | WithdrawReportForm
) -> HttpResponse:
    """The page of one report, with a form that came back if one did."""
    empty = {"publishing": PublishReportForm(), "withdrawing": WithdrawReportForm()}
    shown = {
        "collaboration": chosen.dialogue.collaboration,
        "report": chosen,
        **build_report_overview(chosen),
        **empty,
        **forms,
    }
    return render_page(request, "reports/publishing/report.html", shown, status=status)

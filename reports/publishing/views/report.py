"""The coordinator's page of one report: what is missing, its versions, readings and publication."""

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
    """The page of one report."""
    return show_report(request, report_of(request, slug, pk))


def show_report(
    request: SignedInRequest, chosen: Report, status: int = 200, **forms: PublishReportForm | WithdrawReportForm
) -> HttpResponse:
    """Render the page of one report, with an invalid form in place of an empty one if given."""
    empty = {"publishing": PublishReportForm(), "withdrawing": WithdrawReportForm()}
    context = {
        "collaboration": chosen.dialogue.collaboration,
        "report": chosen,
        **build_report_overview(chosen),
        **empty,
        **forms,
    }
    return render_page(request, "reports/publishing/report.html", context, status=status)

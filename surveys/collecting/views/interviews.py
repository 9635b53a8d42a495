"""Pages for conversations: list, register, slip and correct. A conversation leader sees only her own."""

from typing import Any

from django.conf import settings
from django.contrib import messages
from django.core.paginator import Paginator
from django.db import transaction
from django.db.models import Prefetch, QuerySet, Sum
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from actors.models import Collaboration
from actors.permissions.lookups import SignedInRequest, helped_collaboration_of
from actors.rules.rights import COORDINATE, LEAD_CONVERSATIONS
from ostberga.lib.privacy.codes import format_code
from ostberga.lib.web.htmx import render_page
from surveys.collecting import interviewing
from surveys.collecting.forms.interviews import InterviewDetailsForm, InterviewFilterForm, InterviewForm
from surveys.models import Heard, Interview

PER_PAGE = 50
# Session key of the receipt code, and for how long (seconds) the slip can be reloaded.
SLIP = "interview-slip"
SLIP_SECONDS = 30 * 60


def _interviews(request: SignedInRequest, collaboration: Collaboration) -> QuerySet[Interview]:
    mine = Interview.objects.conversations_led_by(request.user)
    return mine.filter(wave__survey__collaboration=collaboration)


def _page(request: SignedInRequest, name: str, context: dict[str, Any]) -> HttpResponse:
    """Render a page, which says less to whoever does not coordinate; with status 422 when its form has errors."""
    context["coordinates"] = COORDINATE.covers(request.user, context["collaboration"])
    status = 422 if request.method == "POST" else 200
    parts = ("_interviews_found",) if name == "interviews" else ()
    return render_page(request, f"surveys/collecting/{name}.html", context, parts=parts, status=status)


@require_safe
def interviews(request: SignedInRequest, slug: str) -> HttpResponse:
    """List conversations, filtered by wave, mode, language and coding state."""
    collaboration = helped_collaboration_of(request, slug, LEAD_CONVERSATIONS)
    form = InterviewFilterForm(collaboration, request.GET)
    everything = _interviews(request, collaboration)
    selected = everything.filter(**form.conditions)
    listed = selected.select_related("wave").prefetch_related("heard").defer("notes").order_by("-held_on", "pk")
    context = {
        "collaboration": collaboration,
        "form": form,
        "page": Paginator(listed, PER_PAGE).get_page(request.GET.get("page")),
        "people": Heard.objects.filter(interview__in=selected).aggregate(total=Sum("number"))["total"] or 0,
        "query": form.query,
        "has_any": everything.exists(),
    }
    return _page(request, "interviews", context)


def interview_new(request: SignedInRequest, slug: str) -> HttpResponse:
    """Register a conversation."""
    collaboration = helped_collaboration_of(request, slug, LEAD_CONVERSATIONS)
    form = InterviewForm(collaboration, request.POST or None)
    if request.method != "POST" or not form.is_valid():
        places = _interviews(request, collaboration).exclude(place="").order_by("place").values_list("place", flat=True)
        context = {"collaboration": collaboration, "form": form, "places": places.distinct()[:60]}
        return _page(request, "interview_new", context)
    registered = interviewing.register_interview(by=request.user, **form.values)
    request.session[SLIP] = [str(registered.interview.pk), registered.code, timezone.now().timestamp()]
    return redirect("coordinate:interview-slip", slug, registered.interview.pk)


@never_cache
@require_safe
def slip(request: SignedInRequest, slug: str, pk: str) -> HttpResponse:
    """The slip to hand over, with the code for half an hour after registration."""
    collaboration = helped_collaboration_of(request, slug, LEAD_CONVERSATIONS)
    interview = get_object_or_404(_interviews(request, collaboration).defer("notes"), pk=pk)
    interview_key, code, shown_at = request.session.get(SLIP, ("", "", 0))
    fresh = interview_key == str(interview.pk) and timezone.now().timestamp() - shown_at < SLIP_SECONDS
    address = f"{settings.SITE_URL}{reverse('receipt')}".split("://", maxsplit=1)[1]
    context = {
        "collaboration": collaboration,
        "interview": interview,
        "code": format_code(code) if fresh else "",
        "receipt_address": address.rstrip("/"),
    }
    return render_page(request, "surveys/collecting/interview_slip.html", context)


@transaction.atomic
def interview(request: SignedInRequest, slug: str, pk: str) -> HttpResponse:
    """Correct the details of a conversation; the notes are worked on in the coding workbench."""
    collaboration = helped_collaboration_of(request, slug, LEAD_CONVERSATIONS)
    mine = _interviews(request, collaboration).select_related("wave", "registered_by", "changed_by")
    interview = get_object_or_404(mine.prefetch_related(Prefetch("heard")).defer("notes"), pk=pk)
    form = InterviewDetailsForm.for_interview(interview, request.POST or None)
    if request.method != "POST" or not form.is_valid():
        context = {"collaboration": collaboration, "interview": interview, "form": form}
        return _page(request, "interview", context)
    interviewing.correct_interview(interview=interview, by=request.user, **form.header)
    messages.success(request, "Rättat.")
    return redirect("coordinate:interviews", slug)

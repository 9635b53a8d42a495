"""The coordinator's conversations: writing one down on the phone, the slip to hand over, the list."""

from django.conf import settings
from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import Prefetch, QuerySet, Sum
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from actors.models import Collaboration
from actors.permissions.lookups import SignedInRequest, collaboration_of
from ostberga.lib.privacy.codes import format_code
from ostberga.lib.web.htmx import render_page
from surveys.collecting import interviewing
from surveys.collecting.forms.interviews import InterviewDetailsForm, InterviewFilterForm, InterviewForm
from surveys.models import Heard, Interview

PER_PAGE = 50
# The code lies in the coordinator's own session for this long (seconds), so that the slip survives a reload.
SLIP = "interview-slip"
SLIP_SECONDS = 30 * 60


def _interviews(collaboration: Collaboration) -> QuerySet[Interview]:
    return Interview.objects.filter(wave__survey__collaboration=collaboration)


@require_safe
def interviews(request: SignedInRequest, slug: str) -> HttpResponse:
    """All conversations, by wave, way, language and whether they have been gone through."""
    collaboration = collaboration_of(request, slug)
    form = InterviewFilterForm(collaboration, request.GET)
    everything = _interviews(collaboration)
    found = everything.filter(**form.wanted)
    listed = found.select_related("wave").prefetch_related("heard").defer("notes").order_by("-held_on", "pk")
    shown = {
        "collaboration": collaboration,
        "form": form,
        "page": Paginator(listed, PER_PAGE).get_page(request.GET.get("page")),
        "people": Heard.objects.filter(interview__in=found).aggregate(total=Sum("number"))["total"] or 0,
        "query": form.query,
        "has_any": everything.exists(),
    }
    return render_page(request, "surveys/collecting/interviews.html", shown, parts=("_interviews_found",))


def interview_new(request: SignedInRequest, slug: str) -> HttpResponse:
    """Write a conversation down."""
    collaboration = collaboration_of(request, slug)
    form = InterviewForm(collaboration, request.POST or None)
    if request.method != "POST" or not form.is_valid():
        places = _interviews(collaboration).exclude(place="").order_by("place").values_list("place", flat=True)
        shown = {"collaboration": collaboration, "form": form, "places": places.distinct()[:60]}
        return render_page(
            request, "surveys/collecting/interview_new.html", shown, status=422 if form.is_bound else 200
        )
    made = interviewing.register_interview(by=request.user, **form.said)
    request.session[SLIP] = [str(made.interview.pk), made.code, timezone.now().timestamp()]
    return redirect("coordinate:interview-slip", slug, made.interview.pk)


@never_cache
@require_safe
def slip(request: SignedInRequest, slug: str, pk: str) -> HttpResponse:
    """The slip to hand over. The code is here for half an hour and then nowhere."""
    collaboration = collaboration_of(request, slug)
    found = get_object_or_404(_interviews(collaboration), pk=pk)
    of, code, made = request.session.get(SLIP, ("", "", 0))
    fresh = of == str(found.pk) and timezone.now().timestamp() - made < SLIP_SECONDS
    address = f"{settings.SITE_URL}{reverse('receipt')}".split("://", maxsplit=1)[1]
    shown = {
        "collaboration": collaboration,
        "interview": found,
        "code": format_code(code) if fresh else "",
        "receipt_address": address.rstrip("/"),
    }
    return render_page(request, "surveys/collecting/interview_slip.html", shown)


def interview(request: SignedInRequest, slug: str, pk: str) -> HttpResponse:
    """Correct what stands about a conversation; what was said is worked on under «Koda»."""
    collaboration = collaboration_of(request, slug)
    mine = _interviews(collaboration).select_related("wave", "registered_by", "changed_by")
    found = get_object_or_404(mine.prefetch_related(Prefetch("heard")), pk=pk)
    form = InterviewDetailsForm.for_interview(found, request.POST or None)
    if request.method != "POST" or not form.is_valid():
        shown = {"collaboration": collaboration, "interview": found, "form": form}
        return render_page(request, "surveys/collecting/interview.html", shown, status=422 if form.is_bound else 200)
    interviewing.correct_interview(interview=found, by=request.user, **form.header)
    messages.success(request, "Rättat.")
    return redirect("coordinate:interviews", slug)

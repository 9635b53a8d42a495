"""The coordinator's pages about organisations and their responsibilities."""

from django.contrib import messages
from django.db.models import QuerySet
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.views.decorators.http import require_POST

from actors.models import Collaboration, Organisation, Responsibility
from actors.partners import partnerships
from actors.partners.forms import OrganisationForm, ResponsibilityForm
from actors.people.memberships import bodies_of
from actors.permissions.lookups import SignedInRequest, collaboration_of
from ostberga.lib.web.htmx import render_page


def organisation_new(request: SignedInRequest, slug: str) -> HttpResponse:
    """Create an organisation, which can then become a partner or an external addressee."""
    collaboration = collaboration_of(request, slug)
    form = OrganisationForm(request.POST or None)
    if not form.is_valid():
        return _show(request, collaboration, form)
    body = form.filled()
    partnerships.save_organisation(body, by=request.user)
    messages.success(request, f"{body} finns nu. Ta med den i samverkan, eller visa den som utanför.")
    return redirect("coordinate:partners", slug)


def organisation(request: SignedInRequest, slug: str, pk: int) -> HttpResponse:
    """Edit an organisation."""
    collaboration = collaboration_of(request, slug)
    body = get_object_or_404(bodies_of(collaboration), pk=pk)
    form = OrganisationForm(request.POST or None, organisation=body)
    if not form.is_valid():
        return _show(request, collaboration, form)
    partnerships.save_organisation(form.filled(), by=request.user)
    messages.success(request, f"{body} är sparad.")
    return redirect("coordinate:partners", slug)


def _show(request: SignedInRequest, collaboration: Collaboration, form: OrganisationForm) -> HttpResponse:
    known = form.organisation if form.organisation.pk else None
    areas = known.responsibilities.all() if known else Responsibility.objects.none()
    context = {"collaboration": collaboration, "form": form, "known": known, "areas": areas}
    return render_page(request, "actors/partners/organisation.html", context, status=422 if form.is_bound else 200)


def responsibility_new(request: SignedInRequest, slug: str, pk: int) -> HttpResponse:
    """Add a responsibility to an organisation."""
    collaboration = collaboration_of(request, slug)
    return _responsibility(request, collaboration, get_object_or_404(bodies_of(collaboration), pk=pk))


def responsibility(request: SignedInRequest, slug: str, pk: int) -> HttpResponse:
    """Edit a responsibility."""
    collaboration = collaboration_of(request, slug)
    known = get_object_or_404(_editable_responsibilities(collaboration), pk=pk)
    return _responsibility(request, collaboration, known.organisation, known)


def _responsibility(
    request: SignedInRequest, collaboration: Collaboration, body: Organisation, known: Responsibility | None = None
) -> HttpResponse:
    form = ResponsibilityForm(request.POST or None, known=known)
    if not form.is_valid():
        context = {"collaboration": collaboration, "form": form, "body": body, "known": known}
        return render_page(
            request, "actors/partners/responsibility.html", context, status=422 if form.is_bound else 200
        )
    partnerships.save_responsibility(organisation=body, by=request.user, known=known, **form.cleaned_data)
    messages.success(request, "Ansvarsområdet är sparat.")
    return redirect("coordinate:organisation", collaboration.slug, body.pk)


@require_POST
def responsibility_end(request: SignedInRequest, slug: str, pk: int) -> HttpResponse:
    """Delete a responsibility."""
    known = get_object_or_404(_editable_responsibilities(collaboration_of(request, slug)), pk=pk)
    partnerships.remove_responsibility(known, by=request.user)
    messages.success(request, f"{known} är borttaget från {known.organisation}.")
    return redirect("coordinate:organisation", slug, known.organisation_id)


def _editable_responsibilities(collaboration: Collaboration) -> QuerySet[Responsibility]:
    responsibilities = Responsibility.objects.filter(organisation__in=bodies_of(collaboration))
    return responsibilities.select_related("organisation")

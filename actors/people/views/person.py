"""The coordinator's page of a person: her name, titles, tasks as helper, mandates, and what they let her do."""

from django.contrib import messages
from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.html import format_html
from django.views.decorators.http import require_POST

from actors.models import Collaboration, User
from actors.people import memberships
from actors.people.forms.person import CorrectNameForm, GiveTaskForm, TaskLastDayForm, TitleForm
from actors.people.helping import roles as helper_roles
from actors.people.memberships import affiliations_of, people_of
from actors.people.names.renaming import correct_name
from actors.permissions.lookups import SignedInRequest, collaboration_of
from actors.rules.helping import HelperTask
from ostberga.lib.web.htmx import render_page


def person(request: SignedInRequest, slug: str, pk: int) -> HttpResponse:
    """Show a person, and give her a task as helper."""
    collaboration = collaboration_of(request, slug)
    shown = _person_of(collaboration, pk)
    form = GiveTaskForm(request.POST or None, collaboration=collaboration, person=shown)
    if not form.is_valid():
        context = {"collaboration": collaboration, "person": shown, "form": form, **_places(collaboration, shown)}
        return render_page(request, "actors/people/person.html", context, status=422 if form.is_bound else 200)
    role = helper_roles.give(collaboration=collaboration, person=shown, by=request.user, **form.cleaned_data)
    told = f"{shown} är {role.get_task_display()} till och med {date_format(role.ends_on, 'j F Y')}."
    if role.task == HelperTask.CODING:
        link = reverse("coordinate:piles", args=[slug])
        told = format_html('{} <a href="{}">Dela ut en hög</a>', told, link)
    messages.success(request, told)
    return redirect("coordinate:person", slug, pk)


@transaction.atomic
def name(request: SignedInRequest, slug: str, pk: int) -> HttpResponse:
    """Correct her name."""
    collaboration = collaboration_of(request, slug)
    shown = _person_of(collaboration, pk)
    form = CorrectNameForm(request.POST or None, person=shown, collaboration=collaboration, by=request.user)
    if not form.is_valid():
        return _form_page(request, collaboration, shown, form, "Rätta namnet")
    correct_name(shown, collaboration=collaboration, by=request.user, **form.cleaned_data)
    messages.success(request, "Namnet är sparat.")
    return redirect("coordinate:person", slug, pk)


@transaction.atomic
def title(request: SignedInRequest, slug: str, pk: int) -> HttpResponse:
    """Change her title at an organisation."""
    collaboration = collaboration_of(request, slug)
    place = get_object_or_404(affiliations_of(collaboration).select_related("user", "organisation"), pk=pk)
    form = TitleForm(request.POST or None, affiliation=place)
    if not form.is_valid():
        return _form_page(request, collaboration, place.user, form, f"Titel hos {place.organisation}")
    memberships.change_title(place, collaboration=collaboration, by=request.user, **form.cleaned_data)
    messages.success(request, "Titeln är sparad.")
    return redirect("coordinate:person", slug, place.user_id)


@transaction.atomic
def task(request: SignedInRequest, slug: str, pk: int) -> HttpResponse:
    """Change the last day of a task."""
    collaboration = collaboration_of(request, slug)
    role = get_object_or_404(collaboration.helper_roles.not_over().select_related("person", "collaboration"), pk=pk)
    form = TaskLastDayForm(request.POST or None, role=role)
    if not form.is_valid():
        return _form_page(request, collaboration, role.person, form, f"Hur länge: {role.get_task_display()}")
    helper_roles.change_last_day(role, by=request.user, **form.cleaned_data)
    messages.success(request, "Den sista dagen är sparad.")
    return redirect("coordinate:person", slug, role.person_id)


@require_POST
def task_end(request: SignedInRequest, slug: str, pk: int) -> HttpResponse:
    """End a task now."""
    collaboration = collaboration_of(request, slug)
    role = get_object_or_404(collaboration.helper_roles.select_related("person", "collaboration"), pk=pk)
    helper_roles.end(role, by=request.user)
    messages.success(request, f"{role.person} är inte {role.get_task_display()} längre.")
    return redirect("coordinate:person", slug, role.person_id)


@require_POST
def leave(request: SignedInRequest, slug: str, pk: int) -> HttpResponse:
    """End her place in the collaboration."""
    collaboration = collaboration_of(request, slug)
    shown = _person_of(collaboration, pk)
    memberships.end_place(shown, collaboration=collaboration, by=request.user)
    messages.success(request, f"{shown} har ingen plats i {collaboration} längre.")
    return redirect("coordinate:people", slug)


def _person_of(collaboration: Collaboration, pk: int) -> User:
    return get_object_or_404(people_of(collaboration), pk=pk)


def _places(collaboration: Collaboration, shown: User) -> dict[str, object]:
    """Context of the page: what she has here now and had before."""
    held = collaboration.helper_roles.filter(person=shown).select_related("given_by", "ended_by")
    places = affiliations_of(collaboration).filter(user=shown).select_related("organisation")
    return {
        "places": places.order_by("organisation__name"),
        "roles": held.not_over().order_by("starts_on", "pk"),
        "former_roles": [role for role in held if role.is_over],
        "appointments": collaboration.appointments.filter(user=shown, ended_on=None),
        "mandates": collaboration.mandates.in_force().filter(person=shown).select_related("organisation"),
        "tasks": list(HelperTask),
        "cannot_help": helper_roles.person_obstacle(collaboration, shown),
    }


def _form_page(
    request: SignedInRequest,
    collaboration: Collaboration,
    shown: User,
    form: CorrectNameForm | TitleForm | TaskLastDayForm,
    heading: str,
) -> HttpResponse:
    context = {"collaboration": collaboration, "person": shown, "form": form, "heading": heading}
    return render_page(request, "actors/people/person_form.html", context, status=422 if form.is_bound else 200)

"""The coordinator's page of contacts at bodies."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.views.decorators.http import require_POST, require_safe

from actors.partners.contacts import remove_contact
from actors.permissions.lookups import SignedInRequest, collaboration_of
from ostberga.lib.web.htmx import render_page


@require_safe
def contacts(request: SignedInRequest, slug: str) -> HttpResponse:
    """All contacts, by body."""
    collaboration = collaboration_of(request, slug)
    rows = collaboration.contacts.select_related("organisation")
    return render_page(request, "actors/partners/contacts.html", {"collaboration": collaboration, "contacts": rows})


@require_POST
def contact_remove(request: SignedInRequest, slug: str, pk: int) -> HttpResponse:
    """Delete a contact for good."""
    contact = get_object_or_404(collaboration_of(request, slug).contacts.select_related("organisation"), pk=pk)
    remove_contact(contact=contact, by=request.user)
    messages.success(request, f"Kontakten hos {contact.organisation} är borttagen.")
    return redirect("coordinate:contacts", slug)

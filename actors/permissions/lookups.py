"""The collaboration in an address, for its coordinator. Used by the coordinator's views of every app."""

from django.http import HttpRequest
from django.shortcuts import get_object_or_404

from actors.models import Collaboration, User


class SignedInRequest(HttpRequest):
    """A request with an authenticated user, as LoginRequiredMiddleware ensures."""

    user: User


def collaboration_of(request: SignedInRequest, slug: str) -> Collaboration:
    """The collaboration, or 404 for everyone who does not coordinate it."""
    return get_object_or_404(Collaboration.objects.coordinated_by(request.user), slug=slug)

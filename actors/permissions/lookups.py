"""What the person signed in may open: her own collaborations. The workshops of the other apps begin here."""

from django.http import HttpRequest
from django.shortcuts import get_object_or_404

from actors.models import Collaboration, User


class SignedInRequest(HttpRequest):
    """A request from someone with an account: LoginRequiredMiddleware has seen to it."""

    user: User


def collaboration_of(request: SignedInRequest, slug: str) -> Collaboration:
    """The collaboration, if this person coordinates it; for everybody else it does not exist."""
    return get_object_or_404(Collaboration.objects.coordinated_by(request.user), slug=slug)

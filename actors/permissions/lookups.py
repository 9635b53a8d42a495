"""The collaboration in an address, for its coordinator or helpers. Used by the coordinator's views of every app."""

from django.db.models import Q
from django.http import HttpRequest
from django.shortcuts import get_object_or_404

from actors.models import Collaboration, User
from actors.rules.rights import COORDINATE
from ostberga.lib.authorization import Right
from ostberga.lib.refusal import Refusal


class SignedInRequest(HttpRequest):
    """A request with an authenticated user, as LoginRequiredMiddleware ensures."""

    user: User


def collaboration_of(request: SignedInRequest, slug: str) -> Collaboration:
    """The collaboration, or 404 for everyone who does not coordinate it.

    Raises Refusal for her who prepares it, as long as the data controller has not confirmed that she coordinates.
    """
    collaboration = prepared_collaboration_of(request, slug)
    refuse_while_awaited(collaboration)
    return collaboration


def helped_collaboration_of(request: SignedInRequest, slug: str, right: Right) -> Collaboration:
    """The collaboration, or 404 for everyone who neither has the right there nor prepares it.

    Raises Refusal for her who prepares it, as `collaboration_of`.
    """
    rightful = right.rows_for(request.user, Collaboration.objects.all())
    prepared = Collaboration.objects.prepared_by(request.user)
    opened = Q(pk__in=rightful.values("pk")) | Q(pk__in=prepared.values("pk"))
    collaboration = get_object_or_404(Collaboration, opened, slug=slug)
    refuse_while_awaited(collaboration)
    return seen_by(request.user, collaboration, right)


def seen_by(user: User, collaboration: Collaboration, right: Right) -> Collaboration:
    """Note on it whether this person coordinates it or only helps there, for what a page offers her.

    One query, but for the right to coordinate.
    """
    coordinates = right == COORDINATE or COORDINATE.covers(user, collaboration)
    collaboration.is_prepared_by_reader = coordinates
    collaboration.is_only_helped = not coordinates
    return collaboration


def refuse_while_awaited(collaboration: Collaboration) -> None:
    """Raise Refusal until the data controller has confirmed who coordinates: nothing is published, taken in or read."""
    if collaboration.awaits_controller:
        raise Refusal(
            f"{collaboration.controller_name} har inte bekräftat än att du samordnar. Till dess kan du förbereda, men "
            "inget publiceras, samlas in eller läses.",
            who=f"Registratorn hos {collaboration.controller_name} har ett brev med en länk",
            code="awaits_controller",
        )


def prepared_collaboration_of(request: SignedInRequest, slug: str) -> Collaboration:
    """The collaboration, or 404 for everyone who neither coordinates nor prepares it."""
    prepared = Collaboration.objects.prepared_by(request.user).select_related("practice")
    collaboration = get_object_or_404(prepared, slug=slug)
    collaboration.is_prepared_by_reader = True
    return collaboration

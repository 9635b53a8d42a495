"""What the person signed in may open of dialogues and issues: those of her own collaborations."""

from django.shortcuts import get_object_or_404

from actors.views.workshop import SignedInRequest
from dialogue.models import Dialogue, Issue


def dialogue_of(request: SignedInRequest, slug: str, pk: int) -> Dialogue:
    """A dialogue of hers."""
    mine = Dialogue.objects.coordinated_by(request.user).select_related("collaboration", "guiding_question")
    return get_object_or_404(mine, collaboration__slug=slug, pk=pk)


def issue_of(request: SignedInRequest, slug: str, pk: int) -> Issue:
    """An issue of hers."""
    mine = Issue.objects.coordinated_by(request.user).select_related("dialogue__collaboration")
    return get_object_or_404(mine, dialogue__collaboration__slug=slug, pk=pk)

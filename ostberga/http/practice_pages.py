"""Pages of a practice: those in the workshop say what they are, and no other page of it exists."""

from collections.abc import Callable
from typing import Any

from django.db import IntegrityError
from django.http import Http404, HttpRequest, HttpResponse

from actors.models import Collaboration
from actors.rules.practice import PRACTICE_PREFIX
from ostberga.lib.refusal import Refusal

GetResponse = Callable[[HttpRequest], HttpResponse]

# What the database's triggers refuse, by the name that they give (docs/adr/0054-practice.md).
REFUSED = {
    "not_in_practice": "Det här går inte i övningen, för det skulle nå andra eller aldrig gå att ta bort.",
    "not_about_petition_in_practice": "Det här går inte i övningen: förslag från andra är riktiga.",
    "not_public_in_practice": "I övningen blir inget offentligt.",
    "only_made_up_in_practice": "I övningen finns bara påhittade svar, så att inget riktigt försvinner när den töms.",
    "not_mixed_with_practice": "Det ena är påhittat och det andra riktigt. De hålls isär.",
}


def practice_refusal(exception: Exception) -> Refusal | None:
    """Return the database's refusal for a practice in words; None for every other exception."""
    diagnosis = getattr(exception.__cause__, "diag", None) if isinstance(exception, IntegrityError) else None
    words = REFUSED.get(getattr(diagnosis, "constraint_name", None) or "")
    return Refusal(words, who="Du, i den riktiga samverkan", code="practice") if words else None


class PracticeMiddleware:
    """Notes on the request which practice it is about. Answers 404 to every page of one outside the workshop.

    So a public page need not know that there are practices, nor one that is added later. Only addresses that begin as
    a practice's are looked up.
    """

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(self, request: HttpRequest, _view: object, _args: object, kwargs: dict[str, Any]) -> None:
        """Find the practice by the address's collaboration. Raises 404 when it is asked for where all may read."""
        slug = str(kwargs.get("slug", ""))
        if not slug.startswith(PRACTICE_PREFIX):
            return
        practice = Collaboration.objects.exclude(practice_of=None).filter(slug=slug).first()
        is_workshop = request.resolver_match is not None and request.resolver_match.namespaces == ["coordinate"]
        if practice is not None and not is_workshop:
            raise Http404
        request.practice = practice  # type: ignore[attr-defined]

"""What somebody who was signed out while she wrote gets instead of a page to sign in on: her words."""

from collections.abc import Callable
from typing import Any

from django.http import HttpRequest, HttpResponse

Answer = Callable[[HttpRequest], HttpResponse]
View = Callable[..., HttpResponse]
ATTRIBUTE = "when_signed_out"


def return_typed_text_when_signed_out(answer: Answer) -> Callable[[View], View]:
    """Mark a view whose posted words would be a loss: `answer` shows them to whoever is signed out by now."""

    def marked(view: View) -> View:
        setattr(view, ATTRIBUTE, answer)
        return view

    return marked


def signed_out_view_of(view: Any) -> Answer | None:
    """How this view gives the words back; None for most."""
    found: Answer | None = getattr(view, ATTRIBUTE, None)
    return found

"""Recording security events. Called by every app, in the caller's transaction."""

from typing import TypeVar

from django.db.models import Model
from django.http.response import HttpResponseBase

from actors.models import Collaboration, SecurityEvent, User

Kind = SecurityEvent.Kind
Outcome = SecurityEvent.Outcome
Response = TypeVar("Response", bound=HttpResponseBase)
# Types of what people take out besides attachments. Pictures on a page are not taken out.
EXPORTED_TYPES = ("application/pdf", "application/vnd.", "application/zip", "text/csv", "text/calendar")
_EXPORTED = "_security_log_export"
# Before what was read or taken out in a practice: it is made up, and gone when the practice is emptied.
PRACTICE = "ovning:"


def record(
    kind: Kind,
    *,
    by: User | None,
    on: Model | str = "",
    collaboration: Collaboration | None = None,
    outcome: Outcome = Outcome.DONE,
) -> None:
    """Log that a person did, or tried to do, something. `by` is None when nobody is signed in.

    `on` is the object, of which only model and key are stored, or the name of a page. Nothing of its content is stored.
    What is done in a practice is logged with the collaboration that practises, and marked: its own rows are emptied.
    An event that should be kept although its transaction is rolled back, such as a refusal, is recorded after it.
    """
    if isinstance(on, Model):
        object_type, key = on._meta.label_lower, str(on.pk)
    else:
        object_type, key = ("page" if on else ""), on
    answers = collaboration.answers_for if collaboration else None
    if collaboration and collaboration.practice_of_id is not None:
        object_type, key = "page", f"{PRACTICE}{object_type}:{key}"
    SecurityEvent.objects.create(
        kind=kind, outcome=outcome, who=by, collaboration=answers, object_type=object_type, object_key=key[:80]
    )


def is_export(response: HttpResponseBase) -> bool:
    """Return whether the response is a file to take out: an attachment, a document, a table or a calendar."""
    is_attachment = response.headers.get("Content-Disposition", "").startswith("attachment")
    return is_attachment or response.headers.get("Content-Type", "").startswith(EXPORTED_TYPES)


def exporting(response: Response, *, on: Model | str, collaboration: Collaboration) -> Response:
    """Return the response after noting what it takes out: an object, or a file of ours as «fil:beslut.xlsx».

    The middleware records it, and every export of which no view has noted anything by the name of its page.
    """
    setattr(response, _EXPORTED, (on, collaboration))
    return response


def noted_export(response: HttpResponseBase) -> tuple[Model | str, Collaboration] | None:
    """Return what the view noted with `exporting`."""
    noted: tuple[Model | str, Collaboration] | None = getattr(response, _EXPORTED, None)
    return noted

"""Recording security events. Called by every app, in the caller's transaction."""

from django.db.models import Model

from actors.models import Collaboration, SecurityEvent, User

Kind = SecurityEvent.Kind
Outcome = SecurityEvent.Outcome


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
    An event that should be kept although its transaction is rolled back, such as a refusal, is recorded after it.
    """
    if isinstance(on, Model):
        object_type, key = on._meta.label_lower, str(on.pk)
    else:
        object_type, key = ("page" if on else ""), on
    SecurityEvent.objects.create(
        kind=kind, outcome=outcome, who=by, collaboration=collaboration, object_type=object_type, object_key=key[:80]
    )

"""What organisations are responsible for: written by their own people, or by a coordinator for her collaboration."""

from collections.abc import Sequence

from django.db import transaction

from actors.models import Collaboration, Organisation, Responsibility, User
from actors.models.history import Kind, record_event
from actors.partners import descriptions
from actors.rules.rights import PREPARE, SPEAK_FOR
from ostberga.lib.authorization import require


@transaction.atomic
def save_responsibility(
    *,
    organisation: Organisation,
    by: User,
    subject: str,
    words: Sequence[str],
    note: str = "",
    known: Responsibility | None = None,
    collaboration: Collaboration | None = None,
) -> Responsibility:
    """Create a responsibility, or change `known`. `words` are the words that people use for it.

    With a collaboration it is the coordinator's, shown only there. Without, it is the organisation's own. Raises
    Refusal unless she coordinates the one, or the other has confirmed that she speaks for it.
    """
    responsibility = known or Responsibility(organisation=organisation, collaboration=collaboration)
    _require_right(responsibility, by)
    responsibility.subject, responsibility.words, responsibility.note = subject, list(words), note
    _log(responsibility, Kind.ANSWERS_FOR, by)
    responsibility.save()
    return responsibility


@transaction.atomic
def remove_responsibility(responsibility: Responsibility, *, by: User) -> None:
    """Delete a responsibility. Raises Refusal as `save_responsibility` does."""
    _require_right(responsibility, by)
    _log(responsibility, Kind.ANSWERS_NO_MORE, by)
    responsibility.delete()


def _require_right(responsibility: Responsibility, by: User) -> None:
    if responsibility.collaboration is None:
        require(by, SPEAK_FOR, responsibility.organisation)
    else:
        require(by, PREPARE, responsibility.collaboration)


def _log(responsibility: Responsibility, kind: Kind, by: User) -> None:
    """Log the change where it shows."""
    organisation, collaboration = responsibility.organisation, responsibility.collaboration
    what = f"{responsibility.subject}, {organisation}"
    if collaboration is None:
        descriptions.record_where_known(organisation, kind, by=by, what=what)
        return
    record_event(collaboration, kind, by=by, what=what)
    collaboration.bump_public_version()

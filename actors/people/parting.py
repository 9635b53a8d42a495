"""A person leaves a body, and the collaboration where it was noted remembers who noted it."""

import datetime as dt

from django.db import transaction

from actors.models import Affiliation, Collaboration, User
from actors.models.history import Kind, record_event


@transaction.atomic
def part(*, affiliation: Affiliation, collaboration: Collaboration, by: User, on: dt.date) -> None:
    """Her place in the body ends with this day. Raises Refusal when it has ended already."""
    affiliation.end(by=by, on=on)
    record_event(collaboration, Kind.PARTED, by=by, what=f"{affiliation}, sista dagen {on}")

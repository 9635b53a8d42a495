"""A person leaves a body: seats, promises, questions and mandates are handed over or ended in the same act."""

import datetime as dt

from django.db import transaction

from actors.letters.flood import counted_as_one
from actors.models import Affiliation, Collaboration, User
from actors.people.memberships import affiliations_of, end_affiliation
from actors.rules.rights import COORDINATE
from dialogue.decisions import passing_on
from dialogue.leaving import holdings, last_day
from dialogue.leaving.seats import Heir, pass_seat_on
from ostberga.lib.authorization import require
from ostberga.lib.locking import take_turns_for_many_acts
from ostberga.lib.refusal import Refusal


@transaction.atomic
@counted_as_one()
def leave_body(
    *, affiliation: Affiliation, collaboration: Collaboration, by: User, on: dt.date, successor: User | None = None
) -> None:
    """End a person's place for a body after a day, with all that she has there in this collaboration.

    Her seats end, and the calls to meetings after them. A colleague as `successor` gets seats of her own, what was
    promised and, as far as her own mandate goes, the questions. Nobody gets a mandate: the body gives it. Raises
    Refusal for a day ahead.
    """
    require(by, COORDINATE, collaboration)
    last_day.refuse_ahead(on)
    take_turns_for_many_acts(collaboration)
    body, person = affiliation.organisation, affiliation.user
    colleagues = affiliations_of(collaboration).filter(organisation=body).exclude(user=person)
    if successor and not colleagues.filter(user=successor).exists():
        raise Refusal(f"{successor} hör inte till {body}.", code="not_a_colleague")
    held = holdings.of_person(person, body, collaboration)
    for part in held.parts:
        passing_on.pass_to_colleague(part=part, to=successor, by=by)
    reason = f"Företräder inte längre {body.short_name}."
    heir = Heir(body, successor) if successor else None
    for seat in held.seats:
        pass_seat_on(seat, held, heir, by=by, on=on, reason=reason)
    end_affiliation(affiliation, collaboration=collaboration, by=by, on=on)

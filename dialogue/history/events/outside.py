"""Events about bodies outside the collaboration: petitions, letters and the replies to them."""

from collections.abc import Iterator

from django.utils import timezone

from dialogue.external import outside_bodies
from dialogue.history.events.event_types import Event, OutsideQuestionAsked, OutsideReplyReceived, PetitionGathered
from dialogue.models import Petition, Round


def list_outside_events(rounds: dict[int, Round]) -> Iterator[Event]:
    """What bodies outside were asked in these rounds, and their replies. `rounds` by key.

    That a body has not replied is told by the event of the question.
    """
    today = timezone.localdate()
    for enquiry in outside_bodies.enquiries_in_rounds(rounds):
        event_type = PetitionGathered if isinstance(enquiry, Petition) else OutsideQuestionAsked
        round_ = rounds[enquiry.round_id]
        yield event_type(
            enquiry.sent_on, round_, enquiry=enquiry, silence=outside_bodies.unanswered_enquiry(enquiry, today)
        )
        if enquiry.replied_on:
            yield OutsideReplyReceived(enquiry.replied_on, round_, enquiry=enquiry)

"""Putting letters that could not be sent back in the outbox: one, or all of some."""

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone

from actors.models import Letter
from ostberga.lib.refusal import Refusal
from ostberga.lib.servers.queue import call_after_commit


@transaction.atomic
def retry_failed(letter: Letter) -> None:
    """Put a failed letter back in the outbox. Does nothing in any other state. Raises Refusal if its link is gone."""
    letter.refresh_from_db(from_queryset=Letter.objects.select_for_update(no_key=True))
    if letter.state != Letter.State.FAILED:
        return
    if not letter.can_be_sent:
        raise Refusal(
            "Brevets länk är borttagen, eftersom brevet har legat så länge. Skicka ett nytt.", code="link_gone"
        )
    _put_back(letter)


@transaction.atomic
def retry_all(letters: QuerySet[Letter]) -> tuple[int, int]:
    """Put all failed ones of these back in the outbox. Returns how many, and how many have lost their link."""
    failed = letters.filter(state=Letter.State.FAILED).defer("sealed")  # one that cannot be read must not stop the rest
    able = Letter.objects.filter(pk__in=failed.values("pk")).sendable().defer("sealed").select_for_update(no_key=True)
    without_link = failed.count()
    for letter in able:
        _put_back(letter)
        without_link -= 1
    return len(able), without_link


def _put_back(letter: Letter) -> None:
    letter.state, letter.attempts, letter.send_after = Letter.State.WAITING, 0, timezone.now()
    letter.tried_since = letter.useful_until = None
    letter.save(update_fields=["state", "attempts", "send_after", "tried_since", "useful_until"])
    call_after_commit("actors.tasks.send_letter", str(letter.pk))

"""Taking back an imported list: what nobody has built on is deleted, what somebody has built on stays."""

from django.db import transaction
from django.db.models import ProtectedError, RestrictedError
from django.utils import timezone

from actors.models import User
from actors.rules.rights import COORDINATE
from ostberga.lib.authorization import require
from ostberga.lib.refusal import Refusal
from surveys.lists.declared import ListKind
from surveys.models import ListImport


@transaction.atomic
def take_back(*, kind: ListKind, done: ListImport, by: User) -> ListImport:
    """Delete what the import created, as far as nothing has been built on it. Raises Refusal when it is taken back."""
    done = ListImport.objects.select_for_update(no_key=True, of=["self"]).get(pk=done.pk)
    require(by, COORDINATE, done.collaboration)
    if done.taken_back_at is not None:
        raise Refusal("Importen är redan tillbakatagen.", code="already_taken_back")
    things = kind.model._default_manager.in_bulk(done.keys)
    done.kept = sum(not _delete(kind, thing, by) for thing in things.values())
    done.taken_back_at, done.taken_back_by = timezone.now(), by
    done.save(update_fields=["kept", "taken_back_at", "taken_back_by"])
    return done


def _delete(kind: ListKind, thing: object, by: User) -> bool:
    try:
        with transaction.atomic():
            kind.take_back(thing, by)
    except (ProtectedError, RestrictedError, Refusal):
        return False
    return True

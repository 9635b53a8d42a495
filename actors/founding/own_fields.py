"""What a collaboration is called, where it stands and whom residents write to: changed by the administrator."""

from collections.abc import Mapping

from django.db import transaction

from actors.mandates.obstacles import ADMINISTRATOR
from actors.models import Collaboration, User
from actors.models.former.names import keep_name
from actors.people import controller_changes
from actors.security_log.recording import Kind, record
from ostberga.lib.locking import take_turns
from ostberga.lib.refusal import Refusal


@transaction.atomic
def change_own_fields(*, collaboration: Collaboration, typed: Mapping[str, object], by: User) -> None:
    """Change these fields, by name. An earlier address leads on, an earlier name is kept, and those concerned are told.

    Raises Refusal for everybody but an administrator. The data controller is changed by nobody.
    """
    if not (by.is_active and by.is_superuser):
        raise Refusal("Bara administratören ändrar uppgifterna om en samverkan.", who=ADMINISTRATOR, code="may_not")
    take_turns(collaboration)
    stored = Collaboration.objects.get(pk=collaboration.pk)
    earlier = {name: getattr(stored, name) for name, value in typed.items() if getattr(stored, name) != value}
    if not earlier:
        return
    for name in earlier:
        setattr(collaboration, name, typed[name])
    collaboration.save(update_fields=list(earlier))
    record(Kind.ADMINISTERED, by=by, on=collaboration, collaboration=collaboration)
    controller_changes.tell(collaboration=collaboration, earlier=earlier, by=by)
    if "slug" in earlier:
        collaboration.leave_address(str(earlier["slug"]))
    if "name" in earlier:
        keep_name(collaboration.former_names, name=str(earlier["name"]))
    collaboration.bump_public_version()

"""A person gives herself another name."""

from django.db import transaction

from actors.models import User
from actors.models.former.names import keep_name
from actors.security_log.recording import Kind, record


@transaction.atomic
def change_name(*, user: User, name: str, keep_former: bool) -> None:
    """Let the person be called `name` from now on. Locked minutes and given answers keep the name of their day.

    `keep_former`: coordinators find her by what she was called before too; else all her former names are forgotten.
    """
    user.refresh_from_db(from_queryset=User.objects.select_for_update(no_key=True))
    if not keep_former:
        user.former_names.all().delete()
    if name == user.name:
        return
    if keep_former:
        keep_name(user.former_names, name=user.name)
    user.name = name
    user.save(update_fields=["name"])
    record(Kind.NAME_CHANGED, by=user, on=user)

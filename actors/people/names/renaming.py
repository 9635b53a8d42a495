"""A person gives herself another name."""

from django.db import transaction

from actors.letters.flood import refuse_more_names
from actors.mandates import letters
from actors.models import Affiliation, User
from actors.models.former.names import keep_name
from actors.rules.names import look_of
from actors.security_log.recording import Kind, record
from ostberga.lib.refusal import Refusal


@transaction.atomic
def change_name(*, user: User, name: str, keep_former: bool) -> None:
    """Let the person be called `name` from now on. Locked minutes and given answers keep the name of their day.

    `keep_former`: coordinators find her by what she was called before too; else all her former names are forgotten,
    and the letter does not say the last. It goes to the registries and coordinators where she answers for a body: they
    confirmed her by name. Raises Refusal for a name that is taken for a colleague's, and for one of many today.
    """
    user.refresh_from_db(from_queryset=User.objects.select_for_update(no_key=True))
    if not keep_former:
        user.former_names.all().delete()
    if name == user.name:
        return
    if why := name_obstacle(user, name):
        raise Refusal(why, code="name_taken")
    refuse_more_names(user)
    before = user.name if keep_former else ""
    if keep_former:
        keep_name(user.former_names, name=user.name)
    user.name = name
    user.save(update_fields=["name"])
    record(Kind.NAME_CHANGED, by=user, on=user)
    letters.tell_of_persons_name(user, before)


def name_obstacle(user: User, name: str) -> str:
    """Why she cannot be called so; empty when she can. Two with one name must tell themselves apart."""
    bodies = user.affiliations.current().values("organisation")
    belong = Affiliation.objects.current().filter(organisation__in=bodies)
    colleagues = User.objects.filter(pk__in=belong.values("user"), is_active=True).exclude(pk=user.pk)
    if look_of(name) in map(look_of, colleagues.values_list("name", flat=True)):
        return "En kollega heter så. Lägg till något som skiljer er åt, som din roll."
    return ""

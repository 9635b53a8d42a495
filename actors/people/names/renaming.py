"""A person gives herself another name, or a coordinator corrects it."""

from django.db import transaction

from actors.letters.flood import refuse_more_names
from actors.mandates import letters
from actors.models import Affiliation, Collaboration, User
from actors.models.former.names import keep_name
from actors.models.history import Kind as EventKind
from actors.models.history import record_event
from actors.people.helping.roles import tell
from actors.people.memberships import is_known_elsewhere, people_of
from actors.rules.names import look_of
from actors.rules.rights import COORDINATE
from actors.security_log.recording import Kind, record
from ostberga.lib.authorization import require
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
    refuse_more_names(user, to=user)
    before = user.name if keep_former else ""
    if keep_former:
        keep_name(user.former_names, name=user.name)
    user.name = name
    user.save(update_fields=["name"])
    record(Kind.NAME_CHANGED, by=user, on=user)
    letters.tell_of_persons_name(user, before)


@transaction.atomic
def correct_name(person: User, *, collaboration: Collaboration, by: User, name: str) -> None:
    """Correct the name of somebody whom only this collaboration knows. She is told by letter, as registries are.

    Raises Refusal for her own name, which she changes herself, for whoever has an account in another collaboration or
    administers, for a name that is taken for a colleague's, and for one of many that `by` has given today.
    """
    require(by, COORDINATE, collaboration)
    person.refresh_from_db(from_queryset=User.objects.select_for_update(no_key=True))
    if why := correction_obstacle(person, collaboration, by):
        raise Refusal(why, who=f"{person}, under Konto", code="not_yours_to_name")
    if name == person.name:
        return
    if why := name_obstacle(person, name):
        raise Refusal(why, code="name_taken")
    refuse_more_names(by, to=person)
    before = person.name
    keep_name(person.former_names, name=before)
    person.name = name
    person.save(update_fields=["name"])
    record(Kind.NAME_CHANGED, by=by, on=person, collaboration=collaboration)
    record_event(collaboration, EventKind.NAME_CORRECTED, by=by, what=f"{before} heter nu {name}")
    letters.tell_of_persons_name(person, before)
    tell(
        person, collaboration, f"{by} har rättat ditt namn här från {before} till {name}. Du kan ändra det under Konto."
    )


def correction_obstacle(person: User, collaboration: Collaboration, corrector: User) -> str:
    """Why a coordinator cannot correct this person's name; empty if nothing prevents it."""
    if person == corrector:
        return "Ditt eget namn ändrar du under Konto."
    if person.is_staff or person.is_superuser:
        return f"{person} är teknisk administratör och ändrar själv sitt namn."
    if not people_of(collaboration).filter(pk=person.pk).exists():
        return "Personen hör inte till den här samverkan."
    if is_known_elsewhere(person, collaboration):
        return f"{person} är med i en annan samverkan också, och namnet syns där."
    return ""


def name_obstacle(user: User, name: str) -> str:
    """Why she cannot be called so; empty when she can. Two with one name must tell themselves apart."""
    bodies = user.affiliations.current().values("organisation")
    belong = Affiliation.objects.current().filter(organisation__in=bodies)
    colleagues = User.objects.filter(pk__in=belong.values("user"), is_active=True).exclude(pk=user.pk)
    if look_of(name) in map(look_of, colleagues.values_list("name", flat=True)):
        return "En kollega heter så. Lägg till något som skiljer er åt, som din roll."
    return ""

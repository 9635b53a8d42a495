"""What the world has of authority: links in letters to registries and owners of accounts, and bodies' own words."""

import re
from dataclasses import dataclass

from django.urls import reverse

from actors.mandates import registry_addresses, registry_removals
from actors.models import AccountChange, Collaboration, CoordinatorAppointment, Letter, Organisation, Partnership, User
from actors.people import account_changes, appointing
from tests import factories as make

ADMINISTRATOR, PROTECTION_OFFICER = (f"{who}@ostberga.example" for who in ("administrator", "dataskydd"))


@dataclass(frozen=True)
class Question:
    """A page behind a link in a letter, and the button that its reader presses."""

    path: str
    button: str
    when_used: int  # the status that the link answers with afterwards


def link_in(letter: Letter, before: str) -> str:
    """Return the path in a letter that begins with `before` and ends with a secret."""
    match = re.search(rf"/{before}/[^/\s]+/", letter.text)
    assert match, letter.text
    return match.group()


def ask_registries_and_owners(ostberga: Collaboration, ake: User) -> list[Question]:
    """Ask what registries confirm and what owners of accounts stop; a mandate waits in the demo already."""
    idrott, kultur = (Organisation.objects.get(slug=slug) for slug in ("idrott", "kultur"))
    registry_addresses.enter(organisation=idrott, address="arkivet@idrott.example", by=ake)
    registry_removals.remove(kultur, by=User.objects.get(email=ADMINISTRATOR))
    deputy = User.objects.get(email="utbildning@ostberga.example")
    appointing.propose(collaboration=ostberga, user=deputy, role=CoordinatorAppointment.Role.DEPUTY, by=ake)
    owner = User.objects.get(email="sisab@ostberga.example")
    account_changes.write_down(user=owner, kind=AccountChange.Kind.PASSWORD)
    asked = (
        ("mandate-asked", "mandat", "Bekräfta", 404),
        ("registry-asked", "registrator", "Bekräfta", 404),
        ("registry-removal", "registrator/ta-bort", "Stoppa borttagningen", 404),
        ("appointment-asked", "utse", "Ja, vi bekräftar", 410),
        ("account", "konto/stoppa", "Stoppa ändringen", 410),
    )
    return [
        Question(link_in(Letter.objects.filter(kind=kind).latest("pk"), before), button, when_used)
        for kind, before, button, when_used in asked
    ]


def own_words(official: User) -> list[str]:
    """The pages where a body's own people write about it, of a body that she has a mandate for."""
    body = official.mandates.in_force().earliest("pk").organisation
    area = body.responsibilities.create(subject="Gångtunneln", collaboration=None)
    part = Partnership.objects.get(organisation=body)
    pages = ("part", "part-edit", "part-words", "part-area-new")
    return [*(reverse(name, args=[part.pk]) for name in pages), reverse("part-area", args=[part.pk, area.pk])]


def typed_in(ostberga: Collaboration) -> list[str]:
    """The coordinator's pages about an organisation that she has typed in, and about what it is responsible for."""
    typed = make.organisation("Grannföreningen", kind=Organisation.Kind.ASSOCIATION, created_in=ostberga)
    ostberga.addressees.create(organisation=typed, about={"sv": "Ordnar fester."})
    area = typed.responsibilities.create(subject="Gårdsfesten", collaboration=ostberga)
    return [
        reverse("coordinate:organisation", args=[ostberga.slug, typed.pk]),
        reverse("coordinate:organisation-name", args=[ostberga.slug, typed.pk]),
        reverse("coordinate:responsibility", args=[ostberga.slug, area.pk]),
    ]

"""What the world has of authority: links in letters to registries and owners of accounts, and bodies' own words."""

import re
from dataclasses import dataclass

from django.urls import reverse
from django.utils import timezone

from actors.mandates import registry_addresses, registry_removals
from actors.models import AccountChange, Collaboration, CoordinatorAppointment, Letter, Organisation, Partnership, User
from actors.people import account_changes, appointing
from dialogue.decisions import passing_on
from dialogue.external import outside_bodies
from dialogue.leaving import successions
from dialogue.models import OutsideQuestion, QuestionTransfer
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
    succession = moved_question(ostberga, ake).succession
    assert succession
    successions.ask_both(succession)
    outside_bodies.register_reply(to=_asked_outside(ostberga), words={"sv": "Nej."}, on=timezone.localdate(), by=ake)
    asked = (
        ("mandate-asked", "mandat", "Bekräfta", 404),
        ("registry-asked", "registrator", "Bekräfta", 404),
        ("registry-removal", "registrator/ta-bort", "Stoppa borttagningen", 404),
        ("appointment-asked", "utse", "Ja, vi bekräftar", 410),
        ("account", "konto/stoppa", "Stoppa ändringen", 410),
        ("succession-asked", "registrator/overtagande", "Ja, det stämmer", 404),
        ("question-arrived", "registrator/fraga", "Ta emot frågan", 404),
        # Sent empty, so that its errors are seen too.
        ("outside-replied", "registrator/egna-ord", "Visa våra ord", 200),
    )
    return [
        Question(link_in(Letter.objects.filter(kind=kind).latest("written_at"), before), button, when_used)
        for kind, before, button, when_used in asked
    ]


def moved_question(ostberga: Collaboration, ake: User) -> QuestionTransfer:
    """A question of another body, which Trafikkontoret is said to have taken over from."""
    before, to = (Organisation.objects.get(slug=slug) for slug in ("sisab", "trafik"))
    talk = ostberga.dialogues.get(is_current=True)
    part = make.decision(talk.issues.all()[0], ake, before, title={"sv": "Lampor vid skolan"}).parts.get()
    took_over = {"predecessor": before, "predecessor_name": before.name, "successor": to, "reason": "Delas."}
    succession = ostberga.successions.create(**took_over, by=ake)
    return passing_on.pass_to_body(part=part, to=to, reason="Skolans gator.", by=ake, succession=succession)


def pages_of_moved_question(ostberga: Collaboration, ake: User) -> list[str]:
    """Where the body's own people say whether such a question is theirs, and hand over one that is."""
    part = moved_question(ostberga, ake).part
    own = make.decision(part.decision.issues.get(), ake, part.organisation, title={"sv": "Lampor"}).parts.get()
    return [reverse("part-transfer-answer", args=[part.pk]), reverse("part-transfer", args=[own.pk])]


def _asked_outside(ostberga: Collaboration) -> OutsideQuestion:
    question = OutsideQuestion.objects.filter(replied_on=None, issue__dialogue__collaboration=ostberga)[0]
    make.registry(question.addressee, "registrator@utanfor.example")
    return question


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

"""The coordinator's start list: what a new collaboration does before it listens, each part ticking itself."""

from collections.abc import Collection, Iterator
from dataclasses import dataclass, field

from django.db.models import Exists, OuterRef, Q
from django.urls import reverse

from actors.models import Collaboration, Mandate, Partnership
from actors.people.memberships import people_of
from dialogue.models import Dialogue
from surveys.models import Survey, Wave

COORDINATOR = "du"


@dataclass(frozen=True)
class StartStep:
    """One part of the list: why it is done, what is missing, who can help, and where."""

    name: str
    why: str
    is_done: bool
    missing: str  # what is there or not, in a sentence
    who: str
    url: str
    label: str  # of the link
    waits_for: str = ""  # why it can not be done yet; empty when it can


@dataclass(frozen=True)
class _Facts:
    """What the list is built from. Each costs a query, whatever the number of rows."""

    collaboration: Collaboration
    partners: list[tuple[str, bool]] = field(default_factory=list)  # the name of each, and whether it has confirmed
    people: int = 0  # besides whoever coordinates
    invited: int = 0  # who have not answered
    has_mandate: bool = False  # somebody's, which her organisation has confirmed
    has_deputy: bool = False
    plans: frozenset[bool] = frozenset()  # whether it is a draft, for each kind that exists
    dialogue: Dialogue | None = None  # the current one, else the latest being prepared
    surveys: tuple[Survey, ...] = ()
    has_opened: bool = False  # a wave, at any time


def still_starting(collaborations: Collection[Collaboration]) -> frozenset[int]:
    """Return the keys of those that have not begun both a dialogue and a form: their list is the first thing to see."""
    waves = Wave.objects.filter(survey__collaboration=OuterRef("pk"), opened_at__isnull=False)
    begun = Dialogue.objects.begun().filter(collaboration=OuterRef("pk"))
    mine = Collaboration.objects.filter(pk__in=[row.pk for row in collaborations])
    return frozenset(mine.exclude(Exists(waves) & Exists(begun)).values_list("pk", flat=True))


def build_start_list(collaboration: Collaboration) -> list[StartStep] | None:
    """Return the parts in order; None once a dialogue has begun and a form has been opened, and in a practice."""
    if collaboration.practice_of_id is not None:
        return None
    waves = Wave.objects.filter(survey__collaboration=collaboration, opened_at__isnull=False)
    here = Collaboration.objects.filter(pk=collaboration.pk)
    opened, begun = here.values_list(Exists(waves), Exists(collaboration.dialogues.begun())).get()
    if opened and begun:
        return None
    return list(_steps(_gather(collaboration, opened)))


def _gather(collaboration: Collaboration, has_opened: bool) -> _Facts:
    partners = Partnership.objects.current().filter(collaboration=collaboration).order_by("organisation__name")
    coordinates = Q(appointments__in=collaboration.appointments.coordinating())
    proposed = Q(proposals__in=collaboration.appointment_proposals.waiting())
    dialogues = list(collaboration.dialogues.filter(ended_on=None).select_related("collaboration", "guiding_question"))
    return _Facts(
        collaboration,
        partners=[(name, bool(on)) for name, on in partners.values_list("organisation__short_name", "confirmed_at")],
        people=people_of(collaboration).exclude(coordinates | proposed).count(),
        invited=collaboration.invitations.usable().count(),
        has_mandate=Mandate.objects.in_force().in_collaboration(collaboration).exists(),
        has_deputy=collaboration.appointments.coordinating().filter(role="deputy").exists(),
        plans=frozenset(collaboration.plans.values_list("is_draft", flat=True)),
        dialogue=dialogues[0] if dialogues else None,
        surveys=tuple(collaboration.surveys.filter(archived_at=None)),
        has_opened=has_opened,
    )


def _steps(facts: _Facts) -> Iterator[StartStep]:
    yield _partners(facts)
    yield _people(facts)
    yield _plan(facts)
    yield _dialogue(facts)
    yield _survey(facts)
    yield _try(facts)
    yield _open(facts)


def _partners(facts: _Facts) -> StartStep:
    waiting = [name for name, confirmed in facts.partners if not confirmed]
    missing = "Inga parter är med än. Det ska vara minst två." if not facts.partners else ""
    if len(facts.partners) == 1:
        missing = f"Bara {facts.partners[0][0]} är med. Det ska vara minst två."
    elif waiting:
        missing = f"{len(facts.partners)} parter är med. Har inte bekräftat sitt uppdrag: {', '.join(waiting)}."
    return StartStep(
        "Parter",
        "De som ska lyssna och göra något åt det som sägs är med från början, och säger själva vad de kan göra.",
        is_done=not missing,
        missing=missing or f"{len(facts.partners)} parter är med, och alla har bekräftat.",
        who="Du tar med dem. Var och en bekräftar själv sitt uppdrag.",
        url=_url(facts, "partners"),
        label="Till parterna",
    )


def _people(facts: _Facts) -> StartStep:
    said = ["En person till har konto." if facts.people == 1 else f"{facts.people} personer till har konto."]
    if not facts.people:
        said = ["Ingen mer än du har konto."]
    else:
        said += [] if facts.has_mandate else ["Ingen har fått sitt mandat bekräftat."]
        said += [] if facts.has_deputy else ["Du har ingen ersättare."]
    if facts.invited:
        said.append(f"{facts.invited} inbjudna har inte svarat.")
    return StartStep(
        "Människor",
        "Någon hos varje part ska kunna svara för den, och någon ska kunna vara din ersättare.",
        is_done=bool(facts.people) and facts.has_mandate and facts.has_deputy,
        missing=" ".join(said),
        who="Du bjuder in. Partens registrator bekräftar vem som får svara för den.",
        url=_url(facts, "people"),
        label="Bjud in",
    )


def _plan(facts: _Facts) -> StartStep:
    is_adopted = False in facts.plans
    draft = "Ett utkast finns. Det är inte antaget." if facts.plans else "Ingen plan är skriven."
    return StartStep(
        "Plan",
        "Parterna säger gemensamt vad de vill, så att boende kan se om det de säger leder dit. Den kan vänta.",
        is_done=is_adopted,
        missing="Planen är antagen." if is_adopted else draft,
        who="Du skriver utkastet, parterna antar det.",
        url=_url(facts, "plan"),
        label="Till planen",
    )


def _dialogue(facts: _Facts) -> StartStep:
    dialogue = facts.dialogue
    said = bool(dialogue and dialogue.can_influence.get("sv") and dialogue.cannot_influence.get("sv"))
    unwritten = "Det är inte skrivet vad som går att påverka och vad som inte går."
    missing = unwritten if dialogue else "Ingen fråga är vald."
    return StartStep(
        "Dialog och fråga",
        "Alla får samma öppna fråga, och vet vad som går att påverka innan de svarar.",
        is_done=said,
        missing=f"Frågan är «{dialogue.guiding_question}»." if said and dialogue else missing,
        who="Du skriver. Den som bestämmer kan säga vad som går att påverka.",
        url=_url(facts, "dialogue", dialogue.pk) if dialogue else _url(facts, "dialogue-new"),
        label="Skriv vad som går att påverka" if dialogue else "Börja en dialog",
    )


def _survey(facts: _Facts) -> StartStep:
    survey = facts.surveys[0] if facts.surveys else None
    return StartStep(
        "Formulär",
        "Det är där boende svarar, på telefonen, på papper eller i ett samtal.",
        is_done=survey is not None,
        missing=f"«{survey}» finns." if survey else "Inget formulär finns.",
        who="Du gör det ur en mall. Den som kan språken läser översättningarna.",
        url=_url(facts, "survey", survey.pk) if survey else _url(facts, "survey-new"),
        label="Till formuläret" if survey else "Gör ett formulär",
    )


def _try(facts: _Facts) -> StartStep:
    survey = facts.surveys[0] if facts.surveys else None
    return StartStep(
        "Prova själv",
        "Läs formuläret som en boende gör, på telefonen och på varje språk, innan någon annan får det.",
        is_done=False,  # nobody knows who has read it, and nothing is stored about it
        missing="Förhandsvisningen sparar inget, så den bockas inte av." if survey else "Det behövs ett formulär.",
        who="Prova sedan med påhittade svar, så ser du vad det blir av dem. Du tömmer övningen när du vill.",
        url=_url(facts, "practice") if survey else "",
        label="Förhandsvisa, och prova med påhittade svar",
        waits_for="" if survey else "Gör formuläret först.",
    )


def _open(facts: _Facts) -> StartStep:
    dialogue, survey = facts.dialogue, facts.surveys[0] if facts.surveys else None
    begun = bool(dialogue and dialogue.is_current)
    waits_for = "" if dialogue and survey else "Gör dialogen och formuläret först."
    if facts.collaboration.awaits_controller:
        waits_for = f"{facts.collaboration.controller_name} ska bekräfta att du samordnar."
    if begun and survey:
        url, label = _url(facts, "survey", survey.pk), "Öppna en omgång"
    else:
        url, label = (_url(facts, "dialogue-make-current", dialogue.pk) if dialogue else ""), "Börja dialogen"
    return StartStep(
        "Öppna",
        "När formuläret är öppet kan alla svara. Börja dialogen först: på dess sida står vad svaren ska leda till. "
        "Då ska också konsekvensbedömningen vara gjord; utkastet finns under Handlingar.",
        is_done=begun and facts.has_opened,
        missing=_what_is_open(begun, facts.has_opened),
        who="Du öppnar. Det som saknas står på sidan, och går att börja utan om ni skriver varför.",
        url=url,
        label=label,
        waits_for=waits_for,
    )


def _what_is_open(begun: bool, opened: bool) -> str:
    dialogue = "Dialogen har börjat." if begun else "Dialogen har inte börjat."
    return f"{dialogue} Formuläret är {'öppet' if opened else 'inte öppet'}."


def _url(facts: _Facts, name: str, *keys: object) -> str:
    return reverse(f"coordinate:{name}", args=[facts.collaboration.slug, *keys])

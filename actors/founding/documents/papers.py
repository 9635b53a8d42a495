"""The five papers: impact assessment, register, two annexes, information classification. Drafts to complete."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from actors.founding.documents.facts import Facts, facts_of
from actors.founding.documents.processing import rows
from actors.models import Collaboration
from ostberga.lib.files.word_documents import Chapter, build_document

DRAFT = (
    "Utkast gjort av hur tjänsten är inställd. Det som står inom hakparentes fyller ni i. Läs allt: ni ansvarar för "
    "att det stämmer hos er. {controller} är personuppgiftsansvarig."
)
SAFEGUARDS = (
    "Råtext, samtalsanteckningar och svar som väntar är krypterade i databasen. Sökningen läser bara maskad text.",
    "Inga IP-adresser, webbläsare eller klockslag sparas vid ett svar; bara veckan.",
    "En människa läser varje text och maskar det som pekar ut någon, innan någon annan ser den.",
    "Alla som samordnar, kodar, beslutar eller administrerar loggar in med två steg.",
    "Vem som samordnar bekräftas av den personuppgiftsansvarigas registrator, och en parts mandat av dess egen.",
    "Läsning och uttag av råtext står i en säkerhetslogg som ingen kan ändra utan att det syns.",
)
REMAINING = (
    "Den som driver servern kan se minne och trafik, och med klockan para ihop ett svar med en önskan att följa.",
    "Säkerhetskopior och databasens logg minns det som raderats, så länge de sparas.",
    "Någon kan peka ut sig själv eller andra i det hon skriver; maskning är ett mänskligt arbete.",
)


@dataclass(frozen=True)
class Paper:
    """One of the papers: its name in the address, its title, what it is for, and its chapters."""

    name: str
    title: str
    purpose: str
    chapters: Callable[[Facts], Iterator[Chapter]]


def _impact_assessment(facts: Facts) -> Iterator[Chapter]:
    yield Chapter(
        "Vad som ska göras",
        (
            f"{facts.collaboration} frågar människor i {facts.area} vad de menar, samlar det i perspektiv och teman, "
            f"arbetar fram förslag i grupper och visar vad som bestäms och blir gjort. Språk: {facts.languages}. "
            f"Adress: {facts.address}.",
            "Varför en bedömning behövs: fritext från många människor, ibland om utsatta förhållanden, kan innehålla "
            "känsliga uppgifter. [Er egen bedömning enligt artikel 35 och IMY:s förteckning]",
        ),
    )
    yield Chapter("Behandlingarna", rows=rows(facts))
    yield Chapter("Är det nödvändigt och proportionerligt?", ("[Varför ändamålet inte nås med mindre uppgifter]",))
    yield Chapter("Skydd som tjänsten har", _safeguards(facts))
    yield Chapter(
        "Risker för människor, och vad som återstår",
        rows=[
            ("Risk", "Hur sannolik", "Hur allvarlig", "Åtgärd"),
            *((risk, "[1–4]", "[1–4]", "[åtgärd och ansvarig]") for risk in REMAINING),
            ("[Er egen risk]", "[1–4]", "[1–4]", "[åtgärd och ansvarig]"),
        ],
    )
    yield Chapter(
        "Synpunkter",
        (
            f"Dataskyddsombudet ({facts.officer}): [yttrande och dag]",
            "De registrerade: [hur ni har frågat, och svaret]",
        ),
    )
    yield Chapter("Beslut", ("[Behandlingen får börja / börjar inte / samråd med IMY. Vem, § och dag]",))


def _safeguards(facts: Facts) -> tuple[str, ...]:
    smallest = f"Inget visas om en grupp med färre än {facts.smallest_group} personer."
    return (*SAFEGUARDS, smallest, f"Säkerhetsloggen sparas i {facts.log_days} dagar.")


def _register(facts: Facts) -> Iterator[Chapter]:
    yield Chapter(
        "Den personuppgiftsansvariga",
        rows=[
            ("Uppgift", "Svar"),
            ("Personuppgiftsansvarig", f"{facts.controller}, {facts.municipality}"),
            ("Registrator", facts.registry),
            ("Kontakt för frågor", facts.contact),
            ("Dataskyddsombud", facts.officer),
            ("Personuppgiftsbiträden", "[den som driver servern; den som skickar e-posten]"),
            ("Överföring utanför EU och EES", "Tjänsten gör ingen. [Bekräfta hos biträdena]"),
        ],
    )
    yield Chapter("Behandlingarna", rows=rows(facts))
    yield Chapter("Mottagare", (_recipients(facts),))
    yield Chapter("Säkerhetsåtgärder", _safeguards(facts))


def _recipients(facts: Facts) -> str:
    partners = ", ".join(facts.partners) or "[parterna]"
    read = f"Parterna läser det som är maskat och publicerat: {partners}."
    return f"{read} Svaren är allmänna handlingar och prövas enligt OSL."


def _joint_controllers(facts: Facts) -> Iterator[Chapter]:
    yield Chapter(
        "Parterna",
        (
            f"{facts.controller} är personuppgiftsansvarig för det som boende säger. Bilagan behövs bara om en part "
            "också bestämmer ändamål och medel. [Bedöm för var och en]",
        ),
        [("Part", "Gemensamt ansvarig för"), *((name, "[inget, eller vad]") for name in facts.partners or ("[part]",))],
    )
    yield Chapter(
        "Fördelning av ansvar (artikel 26)",
        rows=[
            ("Uppgift", "Vem"),
            (
                "Information till dem som svarar",
                f"{facts.controller}; texten finns på {facts.address}/personuppgifter/",
            ),
            ("Begäran om tillgång, rättelse och radering", f"{facts.controller}, {facts.contact}"),
            ("Personuppgiftsincident inom 72 timmar", "[vem anmäler, vem ringer vem]"),
            ("Kontakt för de registrerade", facts.contact),
            ("Gallring och arkiv", "[vem]"),
        ],
    )
    yield Chapter("Underskrifter", ("[Namn, roll och dag för var och en]",))


def _processors(facts: Facts) -> Iterator[Chapter]:
    yield Chapter(
        "Parter",
        (
            f"Personuppgiftsansvarig: {facts.controller}, {facts.municipality}.",
            "Personuppgiftsbiträde: [namn, org.nr].",
        ),
    )
    yield Chapter("Behandlingen (artikel 28.3)", rows=rows(facts))
    yield Chapter(
        "Instruktion",
        (
            "Biträdet behandlar uppgifterna bara enligt den här instruktionen, och inte utanför EU och EES.",
            "De som har tillgång har lovat tystnad. Nycklarna förvaras skilt från säkerhetskopian.",
            "Proxyn för ingen åtkomstlogg, och ingen logg får visa vem som svarat vad.",
            "Underbiträden: [vilka]. Nya kräver skriftligt godkännande.",
            "Biträdet hjälper till vid begäran, incidenter och granskning, och säger till inom [24] timmar.",
            "När avtalet slutar lämnas allt tillbaka och raderas, också säkerhetskopior, inom [30] dagar.",
        ),
    )
    yield Chapter("Säkerhetsåtgärder (artikel 32)", _safeguards(facts))
    yield Chapter("Underskrifter", ("[Namn, roll och dag]",))


def _classification(facts: Facts) -> Iterator[Chapter]:
    why = "[nivå 1–4]"
    yield Chapter(
        "Informationsmängder",
        rows=[
            ("Information", "Konfidentialitet", "Riktighet", "Tillgänglighet", "Varför"),
            (
                "Råtext och samtalsanteckningar",
                why,
                why,
                why,
                "Kan peka ut människor. Krypterad; läses av den som samordnar och av kodare, som loggas.",
            ),
            ("Maskade utsagor, perspektiv, teman", why, why, why, "Granskade; blir offentliga i rapporter."),
            ("Beslut, protokoll, åtaganden", why, why, why, "Offentliga; det som står ska vara det som beslutades."),
            ("Konton och mandat", why, why, why, "Avgör vem som får göra vad."),
            ("Följares adresser", why, why, why, "Visar vem som intresserar sig för vad."),
            ("Säkerhetslogg", why, why, why, f"Förseglad i kedja. Sparas {facts.log_days} dagar."),
        ],
    )
    yield Chapter("Svar på vanliga frågor", _safeguards(facts))
    yield Chapter(
        "Vad som återstår hos er",
        (
            "Säkerhetskopior: [hur ofta, var, hur länge, senaste prov att läsa tillbaka]",
            "Avbrott: [hur länge det går utan tjänsten]. Det som skickas under ett avbrott kan skickas igen.",
            "Åtkomst till servern: [vilka, hur ofta listan gås igenom]",
            *REMAINING,
        ),
    )


PAPERS = {
    paper.name: paper
    for paper in (
        Paper(
            "konsekvensbedomning", "Konsekvensbedömning (artikel 35)", "Innan ni börjar samla in.", _impact_assessment
        ),
        Paper("register", "Register över behandling (artikel 30)", "Förs av den personuppgiftsansvariga.", _register),
        Paper(
            "bilaga-gemensamt-ansvar",
            "Bilaga: gemensamt ansvar (artikel 26)",
            "Om en part också bestämmer ändamål och medel.",
            _joint_controllers,
        ),
        Paper("bilaga-bitrade", "Bilaga: biträde (artikel 28)", "Till den som driver servern åt er.", _processors),
        Paper(
            "informationsklassning",
            "Underlag för informationsklassning",
            "Till er informationssäkerhet.",
            _classification,
        ),
    )
}


def build_paper(paper: Paper, collaboration: Collaboration) -> bytes:
    """Return the paper as a Word file."""
    facts = facts_of(collaboration)
    return build_document(
        title=f"{paper.title}: {facts.collaboration}",
        author=facts.controller,
        lead=DRAFT.format(controller=facts.controller),
        chapters=list(paper.chapters(facts)),
    )

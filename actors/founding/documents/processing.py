"""The processing in rows: what, about whom, why, on which ground, and how long. One home for all papers."""

from actors.founding.documents.facts import Facts

GROUND = "[artikel 6.1 e, uppgift av allmänt intresse; bekräfta]"
ROWS = (
    ("Behandling", "Vilka", "Uppgifter", "Ändamål", "Rättslig grund", "Hur länge"),
    (
        "Svar på formulär, i samtal och på papper",
        "Den som svarar. Vi frågar inte vem.",
        "Det hon skriver eller säger, och om hon väljer det roll, ungefärlig ålder och språk. Fritext kan innehålla "
        "uppgifter om henne eller andra, också känsliga.",
        "Förstå vad människor i {area} menar, och svara dem",
        GROUND,
        "[enligt dokumenthanteringsplanen]; råtexten är krypterad",
    ),
    (
        "Den som följer en fråga",
        "Den som lämnar en e-postadress",
        "E-postadress, språk, vilka frågor",
        "Berätta vad det blev av",
        "[artikel 6.1 a, samtycke; bekräfta]",
        "Tills hon avslutar, senast en tid efter frågans sista svar",
    ),
    (
        "Konton",
        "Samordnare, tjänstepersoner, förtroendevalda och boende i grupp",
        "Namn eller pseudonym, e-post, organisation, titel, mandat",
        "Veta vem som får göra vad",
        GROUND,
        "[så länge uppdraget varar, och så länge besluten sparas]",
    ),
    (
        "Arbetsgrupper och protokoll",
        "Den som sitter i en grupp",
        "Plats, närvaro, åtaganden. Utåt syns platser, inte namn på boende",
        "Arbeta fram förslag och visa vad som bestämdes",
        GROUND,
        "[enligt dokumenthanteringsplanen]",
    ),
    (
        "Säkerhetslogg",
        "Den som loggar in",
        "Vem, vad och när; aldrig innehållet",
        "Upptäcka och utreda missbruk",
        "[artikel 6.1 c eller e, säkerhet enligt artikel 32; bekräfta]",
        "{log_days} dagar",
    ),
    (
        "Brev",
        "Den som får brev från tjänsten",
        "Adress, ämne, om det gick fram",
        "Nå fram, och visa att det har skett",
        GROUND,
        "Inloggning och nyheter en månad, övriga efter gallringsbeslut",
    ),
)


def rows(facts: Facts) -> list[tuple[str, ...]]:
    """One row for each processing, below the headings."""
    named = {"{area}": facts.area, "{log_days}": str(facts.log_days)}
    return [tuple(_filled(text, named) for text in row) for row in ROWS]


def _filled(text: str, named: dict[str, str]) -> str:
    for name, value in named.items():
        text = text.replace(name, value)
    return text

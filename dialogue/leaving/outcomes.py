"""What a body holds, and what becomes of it when the body leaves, in words."""

from actors.models import Mandate, Organisation
from dialogue.leaving.holdings import Holding
from dialogue.models import Commitment, PartDecision, Seat


def describe(holding: Holding) -> str:
    """What is held."""
    match holding:
        case Seat():
            return f"Plats i {holding.group}: {holding}"
        case PartDecision():
            return f"Väntar på beslut: {holding.decision}"
        case Commitment():
            return f"{holding.get_part_display().capitalize()} ({holding.get_reply_display()}): {holding.activity}"
        case Mandate():
            return f"Mandat: {holding.person}"


def help_on(holding: Holding) -> str:
    """What there is to know about it before choosing."""
    return f"Får {holding.scopes_in_words}." if isinstance(holding, Mandate) else ""


def words_without_choice(holding: Holding) -> tuple[str, str]:
    """What the choices are called that follow the choice for everything, and that end it."""
    if isinstance(holding, Mandate):
        return "Upphör. Personen bjuds in dit som valts ovan", "Upphör. Personen bjuds inte in"
    return "Som valt ovan", "Avslutas"


def words_for_heir(holding: Holding, heir: Organisation) -> str:
    """What the choice of an heir is called."""
    return f"Upphör. Personen bjuds in till {heir}" if isinstance(holding, Mandate) else heir.name


def what_becomes(holding: Holding, heir: Organisation | None) -> str:
    """What becomes of it, with an heir or without."""
    match holding:
        case Seat():
            return f"går till {heir} dagen efter" if heir else "avslutas efter sista dagen"
        case PartDecision():
            return f"går till {heir} nu" if heir else "hela frågan tas tillbaka nu"
        case Commitment():
            return f"lämnas nu, och {heir} får frågan" if heir else "lämnas nu"
        case Mandate():
            return "upphör efter sista dagen" + (f", och personen bjuds in till {heir}" if heir else "")

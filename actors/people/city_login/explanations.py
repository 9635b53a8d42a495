"""What the page says when somebody is not let in by her city's login: what is wrong, and who can mend it."""

from dataclasses import dataclass

from actors.rules.city_login import Reason


@dataclass(frozen=True)
class Explanation:
    """Three texts, in which {name} stands for the provider."""

    title: str
    text: str
    remedy: str

    def about(self, name: str) -> "Explanation":
        """Return the texts about this provider."""
        return Explanation(*(text.replace("{name}", name) for text in (self.title, self.text, self.remedy)))


NOT_OPEN = "Inloggningen gick inte"
ITS_KEEPERS = "Det behöver de som sköter {name} ordna. Skicka raderna nedan till deras support."
OURS = "Det behöver de som driver den här webbplatsen ordna. Säg till samordnaren."
INVITE = (
    "Har du fått en inbjudan? Öppna länken i brevet och välj {name} där. Annars kan samordnaren bjuda in dig, med den "
    "adress som {name} känner dig under."
)
CONNECT = (
    "Logga in som du brukar. Öppna sedan Konto → Andra sätt och välj Koppla till {name}. Har du fått en inbjudan? "
    "Öppna länken i brevet och välj {name} där."
)

EXPLANATIONS = {
    Reason.CANCELLED: Explanation(
        "Inloggningen avbröts", "Du avbröt innan du var inne. Inget har ändrats.", "Försök igen när du vill."
    ),
    Reason.EXPIRED: Explanation(
        "Inloggningen tog för lång tid",
        "Den påbörjades för mer än tio minuter sedan, i en annan webbläsare, eller är redan klar.",
        "Försök igen. Webbläsaren måste ta emot kakor.",
    ),
    Reason.AWAY: Explanation(
        "{name} svarar inte",
        "Vi når inte {name} just nu.",
        "Försök igen om en stund, eller logga in på ett annat sätt om du kan.",
    ),
    Reason.DENIED: Explanation("{name} sa nej", "{name} släppte inte in dig hit.", ITS_KEEPERS),
    Reason.MISCONFIGURED: Explanation(
        NOT_OPEN, "Den här webbplatsen och {name} är inte rätt inställda mot varandra.", OURS
    ),
    Reason.UNTRUSTED: Explanation(
        NOT_OPEN, "Det gick inte att lita på svaret från {name}, så vi släppte inte in någon.", f"Försök igen. {OURS}"
    ),
    Reason.WEAK: Explanation(
        "{name} säger inte att du loggade in med två steg",
        "Här krävs två steg, till exempel ett kort eller en app utöver lösenordet.",
        "Försök igen och välj två steg hos {name}, om du får välja. " + ITS_KEEPERS,
    ),
    Reason.NOT_CONNECTED: Explanation(
        "Ditt konto här är inte kopplat till {name}",
        "Du loggade in hos {name}, men vi vet inte vem du är här.",
        CONNECT,
    ),
    Reason.NO_EMAIL: Explanation(
        "{name} lämnade ingen e-postadress",
        "Första gången hittar vi ditt konto på din adress. Den saknas i svaret från {name}.",
        f"{CONNECT} {ITS_KEEPERS}",
    ),
    Reason.UNVERIFIED_EMAIL: Explanation(
        "{name} intygar inte att adressen är din",
        "Första gången hittar vi ditt konto på din adress. En adress som ingen har kontrollerat räcker inte.",
        f"{CONNECT} {ITS_KEEPERS}",
    ),
    Reason.UNKNOWN: Explanation(
        "Du har inget konto här än", "Du loggade in hos {name}, men ingen här har din adress.", INVITE
    ),
    Reason.CLOSED: Explanation(
        "Kontot är avstängt", "Du kan inte logga in med det.", "Är det fel? Hör av dig till samordnaren."
    ),
    Reason.OCCUPIED: Explanation(
        "Kontot är kopplat till en annan inloggning",
        "Ditt konto här hör ihop med en annan inloggning hos {name} än den du använde nu.",
        "Använd den, eller logga in på ett annat sätt och koppla bort den under Konto → Andra sätt. Finns den inte "
        "längre kan de som driver den här webbplatsen koppla bort den. Säg till samordnaren.",
    ),
    Reason.TAKEN: Explanation(
        "Inloggningen hör till ett annat konto",
        "Den du använde hos {name} är redan kopplad till ett annat konto här.",
        "Logga ut hos {name} och försök igen, eller logga in på det kontot och koppla bort den där.",
    ),
    Reason.MOVED: Explanation(
        "{name} har bytt system",
        "Ditt konto kopplades till det förra, så vi kan inte veta att det är du.",
        "Logga in på ett annat sätt, till exempel med en kod med e-post, och koppla på nytt under Konto → Andra sätt.",
    ),
    Reason.OTHER_ADDRESS: Explanation(
        "Inbjudan gäller en annan adress",
        "Den gick till en annan adress än den som {name} känner dig under.",
        "Öppna din egen inbjudan, välj lösenord i stället, eller be samordnaren bjuda in den adress du har hos {name}.",
    ),
    Reason.SOMEBODY_ELSE: Explanation(
        "Det var någon annan",
        "Den som loggade in hos {name} är inte den som är inloggad här. Inget har ändrats.",
        "Logga ut hos {name} och försök igen med din egen inloggning.",
    ),
    Reason.STALE: Explanation(
        "{name} lät dig inte logga in på nytt",
        "Vi bad {name} fråga igen om det är du. I svaret står inte att det är gjort.",
        "Har du en nyckel eller ett lösenord här kan du använda det i stället. " + ITS_KEEPERS,
    ),
}

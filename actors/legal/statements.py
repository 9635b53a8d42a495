"""Content of the accessibility and privacy statements that the law requires. Data only."""

import datetime as dt
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

# Translated when shown.
TranslatedString = str | Promise


@dataclass(frozen=True)
class Shortcoming:
    """Something that is not accessible, and what we do about it."""

    what: TranslatedString
    why: TranslatedString
    requirement: str


@dataclass(frozen=True)
class AccessibilityStatement:
    """The accessibility statement required by lagen om tillgänglighet till digital offentlig service (2018:1937)."""

    assessed_on: dt.date
    updated_on: dt.date
    shortcomings: tuple[Shortcoming, ...]
    # Disproportionate burden (12 §), and content outside the law's scope (9 §).
    disproportionate: tuple[TranslatedString, ...] = ()
    outside_the_law: tuple[TranslatedString, ...] = ()
    report_to: str = "https://www.digg.se/tdosanmalan"

    @property
    def compliance(self) -> TranslatedString:
        """Degree of compliance, in the wording of the law."""
        if self.shortcomings or self.disproportionate:
            return _("delvis förenlig")
        return _("helt förenlig")


@dataclass(frozen=True)
class RetentionRule:
    """A kind of data, and how long it is kept."""

    what: TranslatedString
    how_long: TranslatedString


ACCESSIBILITY = AccessibilityStatement(
    assessed_on=dt.date(2026, 11, 23),
    updated_on=dt.date(2026, 11, 23),
    shortcomings=(
        Shortcoming(
            _("Parternas egna texter, och det som boende har sagt på ett annat språk, finns ibland bara på svenska."),
            _("Vi översätter efter hand. Språket är uppmärkt, så att en skärmläsare uttalar det rätt."),
            "WCAG 3.1.2",
        ),
        Shortcoming(
            _("Texterna på somaliska och arabiska har inte granskats av någon som har språket som modersmål."),
            _("De granskas innan webbplatsen används på riktigt. Hör av dig om något är svårt att förstå."),
            "WCAG 3.1",
        ),
        Shortcoming(
            _("Rapporterna som PDF är märkta för skärmläsare och kontrollerade av program, men inte av människor."),
            _("Samma rapport finns alltid som webbsida. Läs den om PDF-filen inte fungerar för dig."),
            "EN 301 549, 10",
        ),
        Shortcoming(
            _("Affischer och blanketter på papper går inte att läsa med skärmläsare."),
            _("Formuläret på webben ställer samma frågor. Du kan också svara i ett samtal."),
            "EN 301 549, 10",
        ),
    ),
)

# Integritetsskyddsmyndigheten, which supervises data protection.
COMPLAINTS = "https://www.imy.se"

KEPT = (
    RetentionRule(
        _("Det du skrev, ordagrant. Det är krypterat och läses bara av samordnaren och de som hjälper till att läsa."),
        _("Till tre månader efter att rapporten är klar."),
    ),
    RetentionRule(
        _("Det som återstår när namn, adresser och annat som pekar ut någon är borttaget."),
        _("Bevaras tillsammans med rapporten."),
    ),
    RetentionRule(
        _("Grova uppgifter om du vill lämna dem, till exempel åldersgrupp."),
        _("Bevaras. Vi visar inget om en grupp som är för liten."),
    ),
    RetentionRule(
        _("Din e-postadress, om du väljer att följa en fråga. Den sparas för sig, utan koppling till ditt svar."),
        _("Tills du slutar följa, eller en tid efter frågans sista svar, oftast ett år. Breven till dig i 30 dagar."),
    ),
    RetentionRule(
        _("Namn, e-post och uppdrag för den som arbetar här eller sitter i en arbetsgrupp."),
        _("Så länge uppdraget varar. Vem som fattade ett beslut bevaras."),
    ),
    RetentionRule(_("Rapporter, beslut och planer."), _("Bevaras för alltid.")),
)

COOKIES = (
    RetentionRule(_("När du har svarat: en kaka som visar ditt kvitto en gång."), _("Några minuter.")),
    RetentionRule(
        _("När du har sett kvittot: en kaka som märker om samma svar skickas igen."),
        _("Ett dygn efter det senaste svaret."),
    ),
    RetentionRule(
        _("När du har loggat in: en kaka som håller dig inloggad, och en som skyddar mot förfalskade anrop."),
        _("Tolv timmar, och ett år."),
    ),
    RetentionRule(_("När du har loggat in: en kaka som minns att kontot har använts här."), _("Ett halvår.")),
    RetentionRule(
        _("Ber du telefonen spara ett utkast ligger det bara i din telefon."),
        _("Tills du skickar det eller tar bort det."),
    ),
)

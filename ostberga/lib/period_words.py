"""Names of months and seasons, and the wording of periods, in each language."""

from dataclasses import dataclass


@dataclass(frozen=True)
class PeriodWords:
    """The words that one language needs to name a period."""

    months: tuple[str, ...]
    seasons: tuple[str, str, str, str]  # spring, summer, autumn, winter
    to: str  # joins two ends of several words each
    onwards: str  # a period without an end


SWEDISH = PeriodWords(
    months=(
        *("januari", "februari", "mars", "april", "maj", "juni"),
        *("juli", "augusti", "september", "oktober", "november", "december"),
    ),
    seasons=("våren", "sommaren", "hösten", "vintern"),
    to="{} till {}",
    onwards="{} och framåt",
)

ENGLISH = PeriodWords(
    months=(
        *("January", "February", "March", "April", "May", "June"),
        *("July", "August", "September", "October", "November", "December"),
    ),
    seasons=("spring", "summer", "autumn", "winter"),
    to="{} to {}",
    onwards="{} onwards",
)

SOMALI = PeriodWords(
    months=(
        *("Jannaayo", "Febraayo", "Maarso", "Abriil", "Maajo", "Juun"),
        *("Luuliyo", "Agoosto", "Sebtembar", "Oktoobar", "Nofembar", "Desembar"),
    ),
    seasons=("guga", "xagaaga", "dayrta", "jiilaalka"),
    to="{} ilaa {}",
    onwards="laga bilaabo {}",
)

ARABIC = PeriodWords(
    months=(
        *("يناير", "فبراير", "مارس", "أبريل", "مايو", "يونيو"),
        *("يوليو", "أغسطس", "سبتمبر", "أكتوبر", "نوفمبر", "ديسمبر"),
    ),
    seasons=("ربيع", "صيف", "خريف", "شتاء"),
    to="{} إلى {}",
    onwards="ابتداءً من {}",
)

WORDS = {"sv": SWEDISH, "en": ENGLISH, "so": SOMALI, "ar": ARABIC}

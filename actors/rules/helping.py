"""What helpers may do in a collaboration, and for how long a role can be given. Pure: no database, no clock."""

import datetime as dt

from django.db import models

# A role is given for a year at most, and can then be prolonged: what nobody remembers to end ends by itself.
LONGEST = dt.timedelta(days=366)


class HelperTask(models.TextChoices):
    """What a helper does. The views and verbs that each opens are the tables of tests/house/test_helpers.py."""

    CONVERSATIONS = "conversations", "samtalsledare"
    CODING = "coding", "kodare"
    COMMUNICATION = "communication", "kommunikatör"
    READING = "reading", "läsare"

    @classmethod
    def opening(cls, rows: str) -> list["HelperTask"]:
        """Return the tasks that open a right, by the name of its rows (`Right.rows`)."""
        return [task for task in cls if rows in OPENS[task]]

    @property
    def may(self) -> tuple[str, ...]:
        """What whoever has it may do, and may not, a sentence each."""
        return _MAY[self]

    @property
    def reads_raw_text(self) -> bool:
        """Whether it lets the person read what people said before it is masked; she then needs a second factor."""
        return self is HelperTask.CODING


# The rights that each task opens, by the names of their rows (actors/rules/rights.py).
OPENS: dict[HelperTask, frozenset[str]] = {
    HelperTask.CONVERSATIONS: frozenset({"conversations_led_by"}),
    HelperTask.CODING: frozenset({"coded_by"}),
    HelperTask.COMMUNICATION: frozenset({"texts_written_by"}),
    HelperTask.READING: frozenset({"read_by"}),
}
_MAY: dict[HelperTask, tuple[str, ...]] = {
    HelperTask.CONVERSATIONS: (
        "Skriva in samtal som du har haft, och rätta uppgifterna om dem.",
        "Du ser inte andras samtal, och inte anteckningen igen när den är sparad.",
    ),
    HelperTask.CODING: (
        "Läsa texterna i de högar som samordnaren ger dig, dela upp dem, maska och koppla till perspektiv.",
        "Koda utsagor en andra gång utan att se hur de kodades först.",
        "Det du läser omaskat skrivs i säkerhetsloggen. Andra texter ser du inte.",
    ),
    HelperTask.COMMUNICATION: (
        "Skriva och översätta det som alla läser om dialogerna och sakfrågorna, också innan de visas.",
        "Berätta hur aktiviteterna går, med bild, och hämta affischer, pappersblad och QR-koder.",
        "Du publicerar, döljer, flyttar och beslutar inget, och ändrar inte frågan som ställs eller rapporter.",
        "Du ser inte vad enskilda har sagt, brev eller någons adress.",
    ),
    HelperTask.READING: (
        "Läsa det samordnaren läser: sakfrågor, grupper, förslag, beslut, aktiviteter, perspektiv och takten, också "
        "det som inte visas för alla än.",
        "Du ser bara utsagor som är maskade och granskade, och inga namn eller adresser till dem som har en plats.",
        "Du ändrar ingenting.",
    ),
}


def period_obstacle(starts_on: dt.date, ends_on: dt.date, today: dt.date) -> str:
    """Why a role cannot be given for these days; empty if it can."""
    if ends_on < starts_on:
        return "Sista dagen kan inte ligga före den första."
    if ends_on < today:
        return "Sista dagen har redan passerat."
    if ends_on - starts_on > LONGEST:
        return "Ett uppdrag gäller högst ett år. Förläng det när det behövs."
    return ""

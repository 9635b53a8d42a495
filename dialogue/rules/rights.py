"""The rights in a dialogue: in a working group, in its meetings, for a seat, for a body, and to run an activity."""

from ostberga.lib.authorization import Right

WORK_IN_GROUP = Right(
    "open_to",
    missing="Du har ingen plats i gruppen.",
    who="Någon med en plats i gruppen, eller samordnaren",
)
LEAD_GROUP = Right(
    "led_by",
    missing="Du leder inte gruppens möten.",
    who="Den som leder mötet, eller samordnaren",
)
WRITE_MINUTES = Right(
    "written_by",
    missing="Du har ingen plats i gruppen som hade mötet.",
    who="Någon med en plats i gruppen, eller samordnaren",
)
SPEAK_FOR_SEAT = Right(
    "spoken_for_by",
    missing="Det är inte din plats.",
    who="Den som har platsen, eller samordnaren om platsen saknar konto",
)
RUN_ACTIVITY = Right(
    "run_by",
    missing="Du har inget mandat som gäller nu att göra åtaganden för någon som ansvarar för aktiviteten.",
    who="Någon med mandat hos den som ansvarar, eller samordnaren",
)
TELL_OF_ACTIVITY = Right(
    "told_of_by",
    missing="Du har varken mandat hos någon som ansvarar för aktiviteten eller uppdrag som kommunikatör.",
    who="Någon med mandat hos den som ansvarar, eller samordnaren",
)
TELL_OUTCOME = Right(
    "told_by",
    missing="Du har inte tagit på dig det här.",
    who="Den som tog på sig det, eller samordnaren",
)
ANSWER_DECISION = Right(
    "answerable_by",
    missing="Du har inget mandat som gäller nu att besluta för organisationen här.",
    who="Organisationens registrator bekräftar vem som svarar",
)
ANSWER_COMMITMENT = Right(
    "answerable_by",
    missing="Du har inget mandat som gäller nu att göra åtaganden för organisationen här.",
    who="Organisationens registrator bekräftar vem som svarar",
)
LEAVE_COMMITMENT = Right(
    "leavable_by",
    missing="Du har inget mandat som gäller nu att göra åtaganden för organisationen här.",
    who="Organisationens registrator bekräftar vem som svarar; samordnaren kan notera att den lämnat",
)
SPEAK_OF_LISTED = Right(
    "answerable_by",
    missing="Du har inget mandat som gäller nu för organisationen här.",
    who="Organisationens registrator bekräftar vem som svarar",
)

"""The rights in a collaboration: to coordinate it, to propose who does, to speak for a partner; and over mandates."""

from ostberga.lib.authorization import Right

COORDINATE = Right(
    "coordinated_by",
    missing="Du samordnar inte den här samverkan, och det krävs för att göra det här.",
    who="Samordnaren eller ersättaren",
)
# What may be done before the data controller has confirmed who coordinates: nothing that is published or read.
PREPARE = Right(
    "prepared_by",
    missing="Du samordnar inte den här samverkan, och det krävs för att göra det här.",
    who="Samordnaren eller ersättaren",
)
LEAD_CONVERSATIONS = Right(
    "conversations_led_by",
    missing="Du har inget uppdrag som samtalsledare här som gäller nu, eller så är samtalet någon annans.",
    who="Samordnaren",
)
CODE = Right(
    "coded_by",
    missing="Texten ligger inte i en hög som är din, eller så gäller ditt uppdrag som kodare inte nu.",
    who="Samordnaren",
)
# The public texts of dialogues and issues, and the posters of forms.
WRITE_TEXTS = Right(
    "texts_written_by",
    missing="Du har inget uppdrag som kommunikatör här som gäller nu.",
    who="Samordnaren",
)
# Pages only: no verb asks for it.
READ = Right(
    "read_by",
    missing="Du har inget uppdrag som läsare här som gäller nu.",
    who="Samordnaren",
)
ASK_CONTROLLER_AGAIN = Right(
    "askable_by",
    missing="Du samordnar inte den här samverkan och är inte installationens administratör.",
    who="Samordnaren, ersättaren eller administratören",
)
PROPOSE_APPOINTMENT = Right(
    "appointable_by",
    missing="Du samordnar inte den här samverkan och är inte installationens administratör.",
    who="Samordnaren, ersättaren eller administratören",
)
SPEAK_FOR = Right(
    "spoken_for_by",
    missing="Du har inget mandat som gäller nu för organisationen, och bara den säger det här.",
    who="Organisationens registrator",
)
ENTER_REGISTRY = Right(
    "registry_entered_by",
    missing="Du kan inte ändra adressen.",
    who="Samordnaren, eller den som har mandat",
)
SHARE_ORGANISATION = Right(
    "shareable_by",
    missing="Organisationen har inte bekräftat att du svarar för den.",
    who="Organisationens egna, eller administratören",
)
END_MANDATE = Right(
    "endable_by",
    missing="Du har inget mandat för organisationen som omfattar lika mycket, och bara den avslutar mandat.",
    who="Någon med mandat för organisationen, eller dess registrator",
)
VOUCH = Right(
    "vouchable_by",
    missing="Du har inget mandat för organisationen, och ingen bekräftar sitt eget.",
    who="En kollega med mandat, eller registratorn",
)

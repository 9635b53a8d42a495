"""The rights in a collaboration: to coordinate it, to propose who does, and to speak for one of its partners."""

from ostberga.lib.authorization import Right

COORDINATE = Right(
    "coordinated_by",
    missing="Du samordnar inte den här samverkan, och det krävs för att göra det här.",
    who="Samordnaren eller ersättaren",
)
PROPOSE_APPOINTMENT = Right(
    "appointable_by",
    missing="Du samordnar inte den här samverkan och är inte installationens administratör.",
    who="Samordnaren, ersättaren eller administratören",
)
SPEAK_FOR = Right(
    "spoken_for_by",
    missing="Organisationen har inte bekräftat att du svarar för den, och bara den säger det här.",
    who="Organisationens registrator",
)

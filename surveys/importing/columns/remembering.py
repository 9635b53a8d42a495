"""What was chosen for the columns, values and places of earlier files, and is proposed for the next one."""

from collections.abc import Iterable, Mapping

from surveys.importing.asks import name_of_value
from surveys.models import RememberedChoice, Survey


def heading_name(heading: str) -> str:
    """Return the name under which the choice for a heading is remembered."""
    plain = " ".join(heading.casefold().split())
    return name_of_value("heading", plain)


def load_remembered(survey: Survey) -> Mapping[str, str]:
    """Return what has been chosen in the collaboration: {name: choice}. One query."""
    rows = RememberedChoice.objects.filter(collaboration=survey.collaboration_id)
    return dict(rows.values_list("name", "choice"))


def remember(survey: Survey, choices: Iterable[tuple[str, str]]) -> None:
    """Remember what was chosen, instead of what was chosen before."""
    rows = [
        RememberedChoice(collaboration_id=survey.collaboration_id, name=name, choice=choice) for name, choice in choices
    ]
    RememberedChoice.objects.bulk_create(
        sorted({row.name: row for row in rows}.values(), key=lambda row: row.name),
        update_conflicts=True,
        unique_fields=["collaboration", "name"],
        update_fields=["choice"],
    )

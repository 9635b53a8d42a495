"""What was chosen for the columns, values and places of earlier files, and is proposed for the next one."""

from collections.abc import Iterable, Mapping

from surveys.importing.asks import name_of_value
from surveys.models import RememberedChoice


def heading_name(heading: str, of_list: str = "") -> str:
    """Return the name under which the choice for a heading is remembered; a kind of list has names of its own."""
    plain = " ".join(heading.casefold().split())
    return name_of_value(f"heading-{of_list}" if of_list else "heading", plain)


def load_remembered(collaboration: int) -> Mapping[str, str]:
    """Return what has been chosen in the collaboration with this key: {name: choice}. One query."""
    rows = RememberedChoice.objects.filter(collaboration=collaboration)
    return dict(rows.values_list("name", "choice"))


def remember(collaboration: int, choices: Iterable[tuple[str, str]]) -> None:
    """Remember what was chosen in the collaboration with this key, instead of what was chosen before."""
    rows = [RememberedChoice(collaboration_id=collaboration, name=name, choice=choice) for name, choice in choices]
    RememberedChoice.objects.bulk_create(
        sorted({row.name: row for row in rows}.values(), key=lambda row: row.name),
        update_conflicts=True,
        unique_fields=["collaboration", "name"],
        update_fields=["choice"],
    )

"""Load the codebook: perspectives with their statements, polarities and themes."""

from ostberga.demo.content import Content, moment, read
from ostberga.demo.participants import Participants
from surveys.codebook import perspectives as codebook
from surveys.codebook import theme_editing
from surveys.models import Perspective, Statement, Theme


def load(
    participants: Participants, statements: dict[str, Statement]
) -> tuple[dict[str, Perspective], dict[str, Theme]]:
    """Create the perspectives and themes of the first round. Returns them by their keys in the file."""
    content = read("codebook")
    perspectives = {row["slug"]: _perspective(participants, row, statements) for row in content["perspectives"]}
    for row in content["polarities"]:
        codebook.oppose(
            perspective=perspectives[row["a"]],
            other=perspectives[row["b"]],
            by=participants.coordinator,
            about=row["about"],
        )
    themes = {}
    for row in content["themes"]:
        theme = theme_editing.create_theme(
            collaboration=participants.collaboration,
            title=row["title"],
            by=participants.coordinator,
            description=row["description"],
        )
        for key in row["perspectives"]:
            theme_editing.place(perspective=perspectives[key], theme=theme, by=participants.coordinator)
        themes[row["slug"]] = theme
    return perspectives, themes


def _perspective(participants: Participants, row: Content, statements: dict[str, Statement]) -> Perspective:
    rested_on = [statements[key] for key in row["statements"]]
    at = max(statement.reviewed_at for statement in rested_on if statement.reviewed_at)
    perspective = codebook.create_perspective(
        collaboration=participants.collaboration,
        title=row["title"],
        by=participants.coordinator,
        description=row["description"],
        is_dissenting=row.get("dissenting", False),
        at=at,
    )
    for statement in rested_on:
        codebook.attach(statement=statement, perspective=perspective, by=participants.coordinator, at=at)
    return perspective


def attach_autumn_statements(
    participants: Participants, statements: dict[str, Statement], perspectives: dict[str, Perspective]
) -> None:
    """Attach the confirmed statements of 2026 to the perspectives of 2016, so that both rounds show together."""
    content = read("statements")
    talks = [row for row in content["interviews"] if row["wave"] == 2]
    for row in [*talks, *content["forms_2026"]]:
        for coded in row.get("statements", []):
            for key in coded["perspectives"]:
                codebook.attach(
                    statement=statements[coded["id"]],
                    perspective=perspectives[key],
                    by=participants.coordinator,
                    at=moment(row.get("received_on") or row["held_on"], hour=16),
                )

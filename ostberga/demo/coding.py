"""Loads the code book: perspectives, what they rest on, what they stand against, and their themes."""

from ostberga.demo.content import Content, moment, read
from ostberga.demo.who import Who
from surveys.codebook import perspectives as codebook
from surveys.codebook import theme_editing
from surveys.models import Perspective, Statement, Theme


def load(who: Who, statements: dict[str, Statement]) -> tuple[dict[str, Perspective], dict[str, Theme]]:
    """Perspectives and themes of the first round, by their keys in the file."""
    content = read("codebook")
    perspectives = {row["slug"]: _perspective(who, row, statements) for row in content["perspectives"]}
    for row in content["polarities"]:
        codebook.oppose(
            one=perspectives[row["a"]], other=perspectives[row["b"]], by=who.coordinator, about=row["about"]
        )
    themes = {}
    for row in content["themes"]:
        theme = theme_editing.create_theme(
            collaboration=who.collaboration, title=row["title"], by=who.coordinator, description=row["description"]
        )
        for key in row["perspectives"]:
            theme_editing.place(perspective=perspectives[key], theme=theme, by=who.coordinator)
        themes[row["slug"]] = theme
    return perspectives, themes


def _perspective(who: Who, row: Content, statements: dict[str, Statement]) -> Perspective:
    said = [statements[key] for key in row["statements"]]
    at = max(one.reviewed_at for one in said if one.reviewed_at)
    made = codebook.formulate(
        collaboration=who.collaboration,
        title=row["title"],
        by=who.coordinator,
        description=row["description"],
        is_dissenting=row.get("dissenting", False),
        at=at,
    )
    for one in said:
        codebook.attach(statement=one, perspective=made, by=who.coordinator, at=at)
    return made


def attach_autumn(who: Who, statements: dict[str, Statement], perspectives: dict[str, Perspective]) -> None:
    """This autumn's few read statements join the perspectives of 2016, so that both rounds can be seen together."""
    content = read("statements")
    talks = [row for row in content["interviews"] if row["wave"] == 2]
    for row in [*talks, *content["forms_2026"]]:
        for one in row.get("statements", []):
            for key in one["perspectives"]:
                codebook.attach(
                    statement=statements[one["id"]],
                    perspective=perspectives[key],
                    by=who.coordinator,
                    at=moment(row.get("received_on") or row["held_on"], hour=16),
                )

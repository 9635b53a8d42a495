"""Coding most of the made-up answers, to show what comes of them: statements, perspectives, themes, a report."""

from collections.abc import Mapping

from actors.models import User
from dialogue.issues.creating import create_issue, set_perspectives
from dialogue.models import Dialogue
from reports.composing.new_report import create_report
from reports.practice.voices import Said, list_voices, read_content
from reports.publishing.version_requests import queue_rendering, request_version
from surveys.codebook import perspectives as codebook
from surveys.codebook import theme_editing
from surveys.models import Answer, Perspective, Statement, Theme, Wave
from surveys.statements import cutting, reviewing
from surveys.statements.reviewing import Review
from surveys.statements.sources import Source

# Voices whose words are left unread, for whoever practises.
LEFT_UNREAD = 8


def code(dialogue: Dialogue, wave: Wave, *, seed: int, by: User) -> None:
    """Code the wave's answers by the perspectives of the file. A form that asks for no words has nothing to code."""
    statements = _statements(wave, seed, by)
    if not statements:
        return
    perspectives = _codebook(dialogue, statements, by)
    _issue(dialogue, perspectives, by)
    _report(dialogue, wave, by)


def _statements(wave: Wave, seed: int, by: User) -> list[tuple[Said, Statement]]:
    """Cut and confirm what is said in each answer, but for the last voices'."""
    by_text = {voice.text: voice for voice in list_voices(seed)[:-LEFT_UNREAD]}
    answers = Answer.objects.filter(response__wave=wave).exclude(text="")
    coded = []
    for answer in answers.select_related("response__wave__survey__collaboration", "question"):
        if (voice := by_text.get(answer.text)) is not None:
            coded += [(said, _confirmed(Source(answer), said.text, by)) for said in voice.says]
    return coded


def _confirmed(source: Source, text: str, by: User) -> Statement:
    start = source.text.index(text)
    statement = cutting.cut_statement(source=source, start=start, end=start + len(text), by=by)
    review = Review(text, role=statement.role, age_band=statement.age_band)
    return reviewing.confirm(statement=statement, review=review, by=by)


def _codebook(dialogue: Dialogue, statements: list[tuple[Said, Statement]], by: User) -> dict[str, Perspective]:
    content, place = read_content(), dialogue.collaboration
    perspectives = {
        row["key"]: codebook.create_perspective(
            collaboration=place,
            title={"sv": row["title"]},
            description=row["description"],
            is_dissenting=row.get("dissenting", False),
            by=by,
        )
        for row in content["perspectives"]
    }
    for said, statement in statements:
        codebook.attach(statement=statement, perspective=perspectives[said.perspective], by=by)
    for first, other, about in content["opposites"]:
        codebook.oppose(perspective=perspectives[first], other=perspectives[other], about={"sv": about}, by=by)
    for row in content["themes"]:
        theme = _theme(dialogue, row["title"], row["description"], by)
        for key in row["perspectives"]:
            theme_editing.place(perspective=perspectives[key], theme=theme, by=by)
    return perspectives


def _theme(dialogue: Dialogue, title: str, description: str, by: User) -> Theme:
    titles = {"sv": title}
    return theme_editing.create_theme(
        collaboration=dialogue.collaboration, title=titles, description=description, by=by
    )


def _issue(dialogue: Dialogue, perspectives: Mapping[str, Perspective], by: User) -> None:
    row = read_content()["issue"]
    title, description = {"sv": row["title"]}, {"sv": row["description"]}
    issue = create_issue(dialogue=dialogue, slug=row["address"], title=title, description=description, by=by)
    set_perspectives(issue=issue, perspectives=[perspectives[key] for key in row["perspectives"]], by=by)


def _report(dialogue: Dialogue, wave: Wave, by: User) -> None:
    row = read_content()["report"]
    report = create_report(dialogue=dialogue, wave=wave, title=row["title"], by=by)
    report.write(by, {name: row[name] for name in ("summary", "method", "limitations", "next_steps")})
    queue_rendering(request_version(report, by))

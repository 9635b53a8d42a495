"""Load the report of 2016: a draft with comments from readers, and the published version."""

import datetime as dt
from dataclasses import dataclass

from actors.models import User
from dialogue.models import Dialogue
from ostberga.demo.content import Content, moment, read
from ostberga.demo.participants import Participants
from reports.models import Reading, Report, ReportConnection, ReportPerspective, ReportQuote, ReportTheme, ReportVersion
from reports.publishing.version_requests import request_version
from reports.rendering import render_job
from surveys.models import Perspective, Statement, Theme, Wave

TEXT_FIELDS = (
    *("slug", "title", "subtitle", "summary", "summary_translations", "background", "method", "connections"),
    *("can_influence", "limitations", "next_steps"),
)


@dataclass(frozen=True)
class DemoCodebook:
    """What the report can choose among, by the keys in the files."""

    statements: dict[str, Statement]
    perspectives: dict[str, Perspective]
    themes: dict[str, Theme]


def load(participants: Participants, dialogue: Dialogue, wave: Wave, demo_codebook: DemoCodebook) -> None:
    """Compose and render the report, record the readings, render it again and publish it."""
    row = read("report_2016")["report"]
    texts = {name: row[name] for name in TEXT_FIELDS}
    first_sent = min(reading["sent_on"] for reading in row["readings"])
    report = Report.objects.create(
        dialogue=dialogue,
        wave=wave,
        created_by=participants.coordinator,
        created_at=moment(first_sent, hour=8),
        question_guide="\n".join(row["question_guide"]),
        **texts,
    )
    for link in row["connections_links"]:
        first, second = demo_codebook.themes[link["from"]], demo_codebook.themes[link["to"]]
        ReportConnection.objects.create(report=report, one=first, other=second, sentence=link["sentence"])
    for position, theme in enumerate(row["themes"]):
        _theme(report, position, theme, demo_codebook)
    draft = _render(report, participants.coordinator, first_sent)
    for reading in row["readings"]:
        _read_by_others(draft, reading, participants.coordinator)
    final = _render(report, participants.coordinator, row["published_on"])
    final.publish(participants.coordinator, at=moment(row["published_on"], hour=12))


def _theme(report: Report, position: int, row: Content, demo_codebook: DemoCodebook) -> None:
    theme = ReportTheme.objects.create(
        report=report, theme=demo_codebook.themes[row["theme"]], position=position, introduction=row["introduction"]
    )
    for number, chosen_row in enumerate(row["perspectives"]):
        chosen_perspective = ReportPerspective.objects.create(
            chosen_theme=theme, perspective=demo_codebook.perspectives[chosen_row["perspective"]], position=number
        )
        ReportQuote.objects.bulk_create(
            ReportQuote(
                chosen_perspective=chosen_perspective, statement=demo_codebook.statements[key], position=quote_number
            )
            for quote_number, key in enumerate(chosen_row["quotes"])
        )


def _render(report: Report, by: User, day: dt.date) -> ReportVersion:
    """Render a version at once instead of by the queue, dated as in the file. Raises RuntimeError if that fails."""
    version = request_version(report, by, at=moment(day, hour=9))
    render_job.render_version(version.pk)
    version.refresh_from_db()
    if version.state != ReportVersion.State.FINISHED:
        raise RuntimeError(f"Demons rapport gick inte att göra: {version.error}")
    return version


def _read_by_others(version: ReportVersion, row: Content, by: User) -> None:
    reading, _secret = Reading.invite(version, row["label"], by, at=moment(row["sent_on"]))
    for comment_row in row["comments"]:
        comment = reading.receive(comment_row["text"], on=comment_row["received_on"])
        comment.handle(comment_row["outcome"], by, at=moment(comment_row["received_on"], hour=15))
    reading.close(at=moment(row["closed_on"]))

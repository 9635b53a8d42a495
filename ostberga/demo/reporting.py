"""Loads the report of 2016: a draft that was read by others, what they said, and the version that was published."""

import datetime as dt
from dataclasses import dataclass

from actors.models import User
from dialogue.models import Dialogue
from ostberga.demo.content import Content, moment, read
from ostberga.demo.who import Who
from reports.models import Reading, Report, ReportConnection, ReportPerspective, ReportQuote, ReportTheme, ReportVersion
from reports.publishing.version_requests import request_version
from reports.rendering import render_job
from surveys.models import Perspective, Statement, Theme, Wave

WRITTEN = (
    *("slug", "title", "subtitle", "summary", "summary_translations", "background", "method", "connections"),
    *("can_influence", "limitations", "next_steps"),
)


@dataclass(frozen=True)
class Known:
    """What there is to report on, by its keys in the files."""

    statements: dict[str, Statement]
    perspectives: dict[str, Perspective]
    themes: dict[str, Theme]


def load(who: Who, dialogue: Dialogue, wave: Wave, known: Known) -> None:
    """Compose, render, let others read, render again, publish."""
    row = read("report_2016")["report"]
    texts = {name: row[name] for name in WRITTEN}
    first_sent = min(reading["sent_on"] for reading in row["readings"])
    report = Report.objects.create(
        dialogue=dialogue,
        wave=wave,
        created_by=who.coordinator,
        created_at=moment(first_sent, hour=8),
        question_guide="\n".join(row["question_guide"]),
        **texts,
    )
    for link in row["connections_links"]:
        one, other = known.themes[link["from"]], known.themes[link["to"]]
        ReportConnection.objects.create(report=report, one=one, other=other, sentence=link["sentence"])
    for position, one in enumerate(row["themes"]):
        _theme(report, position, one, known)
    draft = _render(report, who.coordinator, first_sent)
    for reading in row["readings"]:
        _read_by_others(draft, reading, who.coordinator)
    final = _render(report, who.coordinator, row["published_on"])
    final.publish(who.coordinator, at=moment(row["published_on"], hour=12))


def _theme(report: Report, position: int, row: Content, known: Known) -> None:
    theme = ReportTheme.objects.create(
        report=report, theme=known.themes[row["theme"]], position=position, introduction=row["introduction"]
    )
    for place, one in enumerate(row["perspectives"]):
        chosen = ReportPerspective.objects.create(
            chosen_theme=theme, perspective=known.perspectives[one["perspective"]], position=place
        )
        ReportQuote.objects.bulk_create(
            ReportQuote(chosen_perspective=chosen, statement=known.statements[key], position=order)
            for order, key in enumerate(one["quotes"])
        )


def _render(report: Report, by: User, day: dt.date) -> ReportVersion:
    """Make a version here and now instead of in the queue, as it was on a day."""
    version = request_version(report, by, at=moment(day, hour=9))
    render_job.render_version(version.pk)
    version.refresh_from_db()
    if version.state != ReportVersion.State.FINISHED:
        raise RuntimeError(f"Demons rapport gick inte att göra: {version.error}")
    return version


def _read_by_others(version: ReportVersion, row: Content, by: User) -> None:
    reading, _secret = Reading.invite(version, row["label"], by, at=moment(row["sent_on"]))
    for one in row["comments"]:
        comment = reading.receive(one["text"], on=one["received_on"])
        comment.handle(one["outcome"], by, at=moment(one["received_on"], hour=15))
    reading.close(at=moment(row["closed_on"]))

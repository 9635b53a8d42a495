"""Fixtures for the tests of reports: a wave with statements, a report of it, and a version."""

from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from actors.models import Collaboration, User
from dialogue.models import Dialogue, Issue, IssuePerspective
from reports.composing import new_report
from reports.models import Report, ReportVersion
from reports.publishing.version_requests import request_version
from reports.rendering import render_job
from surveys.models import Attachment, Heard, Perspective, Polarity, Statement, Theme, Wave
from surveys.rules.roles import Role
from tests import factories as make


@dataclass
class ReportStory:
    """The objects of the `story` fixture."""

    report: Report
    wave: Wave
    lamps: Perspective
    sleep: Perspective
    light: Theme
    issue: Issue
    about_lamps: Statement  # by a resident
    heard_in_arabic: Statement


@pytest.fixture(autouse=True)
def media(tmp_path: Path, settings: Any) -> Path:
    """A temporary MEDIA_ROOT."""
    settings.MEDIA_ROOT = tmp_path
    return tmp_path


def say(wave: Wave, by: User, text: str, under: Perspective, **fields: Any) -> Statement:
    """A confirmed statement from an interview, attached to a perspective."""
    spoken = make.interview(wave, by)
    statement = make.statement(wave, text, by=by, interview=spoken, **fields)
    Attachment.objects.create(statement=statement, perspective=under, attached_by=by)
    return statement


def hear(wave: Wave, by: User, language: str = "sv", **numbers: int) -> None:
    """An interview with so many people of each role."""
    interview = make.interview(wave, by, language=language)
    for role, number in numbers.items():
        Heard.objects.create(interview=interview, role=role, number=number)


@pytest.fixture
def story(ostberga: Collaboration, talk: Dialogue, autumn: Wave, ake: User) -> ReportStory:
    """A new report: 20 residents, 6 of them in Arabic, 7 officials and 2 elected; two opposite perspectives."""
    hear(autumn, ake, resident=14, official=7, elected=2)
    hear(autumn, ake, language="ar", resident=6)
    light = make.theme(ostberga, "Ljus")
    lamps = make.perspective(ostberga, ake, "Vi som vill se vägen")
    sleep = make.perspective(ostberga, ake, "Vi som vill sova i mörker")
    for place, perspective in enumerate((lamps, sleep)):
        light.placements.create(perspective=perspective, position=place)
    Polarity.objects.create(one=lamps, other=sleep, about={"sv": "Ljus på vägen, mörker i sovrummet"})
    about_lamps = say(autumn, ake, "Sätt upp fler lampor vid stråket.", lamps)
    arabic = say(autumn, ake, "الممر مظلم في المساء", lamps, language="ar", translation="Gången är mörk på kvällen.")
    say(autumn, ake, "Lys inte in i mitt sovrum.", sleep)
    say(autumn, ake, "Vi kan skriva till dem som äger frågan.", lamps, role=Role.ELECTED)
    issue = make.issue(talk, "Belysning", slug="belysning")
    IssuePerspective.objects.create(issue=issue, perspective=lamps, linked_by=ake)
    report = new_report.create_report(dialogue=talk, wave=autumn, title="Så säger vi", by=ake)
    return ReportStory(report, autumn, lamps, sleep, light, issue, about_lamps, arabic)


@pytest.fixture
def written(story: ReportStory, ake: User) -> ReportStory:
    """The same, with all texts that publishing requires."""
    texts = {"summary": "Det är mörkt.\n\n- En punkt", "method": "Vi frågade.", "limitations": "Få förtroendevalda."}
    story.report.write(ake, texts)
    return story


@pytest.fixture
def finished(written: ReportStory, ake: User) -> ReportVersion:
    """A finished version of the report."""
    version = request_version(written.report, ake)
    render_job.render_version(version.pk)
    version.refresh_from_db()
    assert version.error == ""
    return version


@pytest.fixture
def published(written: ReportStory, finished: ReportVersion, ake: User) -> ReportVersion:
    """The same, published."""
    finished.publish(ake)
    return finished

"""A small dialogue that has been listened to: lamps and sleep against each other, buses, and a closed wave."""

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
class Story:
    """What a test needs to name."""

    report: Report
    wave: Wave
    lamps: Perspective
    sleep: Perspective
    light: Theme
    issue: Issue
    said: Statement  # by a resident, about lamps
    heard_in_arabic: Statement


@pytest.fixture(autouse=True)
def media(tmp_path: Path, settings: Any) -> Path:
    """Files of reports lie in a folder of their own."""
    settings.MEDIA_ROOT = tmp_path
    return tmp_path


def say(story_of: Wave, by: User, text: str, under: Perspective, **fields: Any) -> Statement:
    """Something said in a conversation, confirmed and placed under a perspective."""
    spoken = make.interview(story_of, by)
    statement = make.statement(story_of, text, by=by, interview=spoken, **fields)
    Attachment.objects.create(statement=statement, perspective=under, attached_by=by)
    return statement


def hear(wave: Wave, by: User, language: str = "sv", **numbers: int) -> None:
    """A conversation with so many of each role."""
    interview = make.interview(wave, by, language=language)
    for role, number in numbers.items():
        Heard.objects.create(interview=interview, role=role, number=number)


@pytest.fixture
def story(ostberga: Collaboration, talk: Dialogue, autumn: Wave, ake: User) -> Story:
    """Twenty residents, six of them in Arabic, seven officials and two elected have been heard."""
    hear(autumn, ake, resident=14, official=7, elected=2)
    hear(autumn, ake, language="ar", resident=6)
    light = make.theme(ostberga, "Ljus")
    lamps = make.perspective(ostberga, ake, "Vi som vill se vägen")
    sleep = make.perspective(ostberga, ake, "Vi som vill sova i mörker")
    for place, perspective in enumerate((lamps, sleep)):
        light.placements.create(perspective=perspective, position=place)
    Polarity.objects.create(one=lamps, other=sleep, about={"sv": "Ljus på vägen, mörker i sovrummet"})
    said = say(autumn, ake, "Sätt upp fler lampor vid stråket.", lamps)
    arabic = say(autumn, ake, "الممر مظلم في المساء", lamps, language="ar", translation="Gången är mörk på kvällen.")
    say(autumn, ake, "Lys inte in i mitt sovrum.", sleep)
    say(autumn, ake, "Vi kan skriva till dem som äger frågan.", lamps, role=Role.ELECTED)
    issue = make.issue(talk, "Belysning", slug="belysning")
    IssuePerspective.objects.create(issue=issue, perspective=lamps, linked_by=ake)
    report = new_report.create_report(dialogue=talk, wave=autumn, title="Så säger vi", by=ake)
    return Story(report, autumn, lamps, sleep, light, issue, said, arabic)


@pytest.fixture
def written(story: Story, ake: User) -> Story:
    """The same, with all that a person must write."""
    texts = {"summary": "Det är mörkt.\n\n- En punkt", "method": "Vi frågade.", "limitations": "Få förtroendevalda."}
    story.report.write(ake, texts)
    return story


@pytest.fixture
def made(written: Story, ake: User) -> ReportVersion:
    """A finished version."""
    version = request_version(written.report, ake)
    render_job.render_version(version.pk)
    version.refresh_from_db()
    assert version.error == ""
    return version


@pytest.fixture
def published(written: Story, made: ReportVersion, ake: User) -> ReportVersion:
    """The same, published."""
    made.publish(ake)
    return made

"""People who answer, follow and say whether it got better, and a district that sends letters and orders reports.

Everybody remembers what was acknowledged. A person whose form got no answer, or an error, sends the same form again.
"""

import itertools
import random
import threading
import time
import uuid
from collections.abc import Callable
from dataclasses import dataclass, field
from http.cookies import SimpleCookie
from typing import Any

from django.core import signing
from django.db import connection, transaction

from actors.letters import outbox
from dialogue.followers import better_questions
from dialogue.models import BetterInvite, BetterQuestion
from reports.composing import new_report
from reports.models import Report, ReportVersion
from reports.publishing.version_requests import queue_rendering, request_version
from surveys.models import Attachment, Polarity
from tests import factories as make
from tests.http.production import Answer, Site

PAUSE = 0.4  # seconds between two things that one person does: as much as two cores manage
BETWEEN_REPORTS = 5.0
ANSWERING = 3
INVITES = 3000
SALT = "ostberga.receipt"
COOKIE = "__Host-kvitto"


@dataclass
class Sent:
    """What was sent of one kind, by its own words."""

    acknowledged: dict[str, Any] = field(default_factory=dict)
    unknown: set[str] = field(default_factory=set)  # sent, but whether it was stored was never said
    again: int = 0  # how many times the same thing was sent once more


@dataclass(frozen=True)
class Good:
    """The status that says that a form was taken in, and another that says so only to who has sent it before."""

    status: int
    afterwards: int | None = None


@dataclass
class District:
    """What the load needs: a form, issues, a question, and reports."""

    door: str
    field: str
    issue: int
    links: list[str]
    reports: list[Report]
    coordinator: Any


def build() -> District:
    """Make the district."""
    place = make.collaboration()
    ake = make.user("samordnare@ostberga.example", name="Åke")
    make.coordinator(place, ake)
    form = make.survey(place)
    wave, talk = make.wave(form), make.dialogue(place, guiding_question=form.guiding_question)
    talk.surveys.add(form)
    issue = make.issue(talk, "Belysning", slug="belysning")
    question = BetterQuestion.objects.create(
        activity=make.activity(issue, ake), asked_on=wave.opens_on, closes_on=wave.opens_on.replace(year=2099)
    )
    invites = [better_questions.build_invite(question) for _ in range(INVITES)]
    BetterInvite.objects.bulk_create(invite for _, invite in invites)
    door, name = f"/svara/{form.channels.get().code}/", f"q{form.questions.get().pk}"
    links = [f"/battre/{token}/" for token, _ in invites]
    return District(door, name, issue.pk, links, [_report(talk, wave, ake, number) for number in range(3)], ake)


def _report(talk: Any, wave: Any, ake: Any, number: int) -> Report:
    """Make a report with one theme, two perspectives that are opposites, and what was said."""
    theme = make.theme(talk.collaboration, f"Ljus {number}")
    pair = [make.perspective(talk.collaboration, ake, f"Vi som vill {number} {name}") for name in ("se", "sova")]
    for place, perspective in enumerate(pair):
        theme.placements.create(perspective=perspective, position=place)
        said = make.statement(wave, "Sätt upp lampor.", by=ake, interview=make.interview(wave, ake))
        Attachment.objects.create(statement=said, perspective=perspective, attached_by=ake)
    Polarity.objects.create(one=pair[0], other=pair[1], about={"sv": "Ljus och mörker"})
    return new_report.create_report(dialogue=talk, wave=wave, title=f"Så säger vi {number}", by=ake)


class Load:
    """The threads. `stop` ends them and waits."""

    def __init__(self, site: Site, district: District) -> None:
        self.site, self.district = site, district
        self.answers, self.follows, self.better, self.letters, self.reports = (Sent() for _ in range(5))
        self._done = threading.Event()
        self._links = iter(district.links)
        acts = [*[self._answer] * ANSWERING, self._follow, self._say_better, self._post_letter, self._order_report]
        self._threads = [threading.Thread(target=self._repeat, args=(act,), daemon=True) for act in acts]

    def start(self) -> None:
        """Let everybody begin."""
        for thread in self._threads:
            thread.start()

    def stop(self) -> None:
        """Let everybody finish what they are doing."""
        self._done.set()
        for thread in self._threads:
            thread.join()

    def _repeat(self, act: Callable[[], None]) -> None:
        while not self._done.is_set():
            act()
            time.sleep(PAUSE)
        connection.close()

    def _answer(self) -> None:
        words, door = f"Mer ljus {uuid.uuid4()}", self.district.door
        reply = self._send(
            self.answers, words, door, {"nyckel": str(uuid.uuid4()), self.district.field: words}, Good(303)
        )
        if reply:
            cookies = SimpleCookie(reply.headers["Set-Cookie"])
            self.answers.acknowledged[words] = signing.loads(cookies[COOKIE].value, salt=SALT)[0]

    def _follow(self) -> None:
        email = f"{uuid.uuid4().hex}@example.se"
        typed = {"epost": email, "fraga": str(self.district.issue), "vill": "every"}
        if self._send(self.follows, email, "/folj/", typed, Good(302)):
            self.follows.acknowledged[email] = True

    def _say_better(self) -> None:
        if link := next(self._links, None):
            words = f"Ljusare {uuid.uuid4()}"
            # 404 the second time: the link is used, so her first try was taken in though the reply was lost.
            if self._send(self.better, words, link, {"svar": "some", "ord": words}, Good(200, afterwards=404)):
                self.better.acknowledged[words] = True

    def _post_letter(self) -> None:
        subject = f"Brev {uuid.uuid4()}"
        if _stored(lambda: outbox.post(kind="invitation", to="tova@example.se", subject=subject, text="Välkommen!")):
            self.letters.acknowledged[subject] = True
        else:
            self.letters.unknown.add(subject)

    def _order_report(self) -> None:
        ordered: list[str] = []

        def order() -> None:
            version = request_version(random.choice(self.district.reports), self.district.coordinator)
            ordered.append(str(version.pk))
            if str(version.pk) not in self.reports.acknowledged:  # else it is the one that is being made
                queue_rendering(version)

        if _stored(order):
            self.reports.acknowledged |= dict.fromkeys(ordered, True)
        _stored(retry_failed)
        self._done.wait(BETWEEN_REPORTS)

    def _send(self, kind: Sent, words: str, path: str, typed: dict[str, str], good: Good) -> Answer | None:
        """Send a form until it is taken in. Returns the answer that said so; None when the run is over first."""
        kind.unknown.add(words)
        for times in itertools.count():
            reply = self._try(path, typed)
            if reply and (reply.status == good.status or (times and reply.status == good.afterwards)):
                kind.unknown.discard(words)
                return reply
            if self._done.is_set():
                return None
            kind.again += 1
            time.sleep(PAUSE)
        return None

    def _try(self, path: str, typed: dict[str, str]) -> Answer | None:
        client = ".".join(["127", *(str(random.randrange(1, 255)) for _ in range(3))])
        try:
            return self.site.form(path, typed, client=client, Origin="https://localhost")
        except Exception:  # the proxy is away, or the line was cut
            return None


def retry_failed() -> None:
    """Press the button of each version that failed."""
    for version in ReportVersion.objects.filter(state=ReportVersion.State.FAILED):
        version.retry()
        queue_rendering(version)


def _stored(act: Callable[[], Any]) -> bool:
    """Do it in a transaction. Returns whether the database said that it was committed."""
    try:
        with transaction.atomic():
            act()
    except Exception:  # the database is away: the next one begins with a new connection
        connection.close()
        return False
    return True

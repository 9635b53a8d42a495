"""A practice holds made-up answers only, reaches nobody, and is seen by nobody else: the database is asked."""

import datetime as dt
import uuid
from typing import Any

import psycopg
import pytest
from django.db import IntegrityError, connection, transaction
from django.db.models import ForeignKey
from django.utils import timezone

from actors.models import Collaboration, Organisation
from dialogue.models import Issue, IssuePerspective
from dialogue.rules.minutes_approval import ApprovalRule
from reports.models import Report, ReportTheme
from reports.practice.beginning import begin_practice
from reports.practice.emptying import paths_to_collaboration
from surveys.codebook.perspectives import create_perspective
from surveys.collecting.interviewing import register_interview
from surveys.collecting.receiving import receive
from surveys.models import Attachment, Channel, Perspective, Polarity, Statement, Theme, Wave
from tests import factories as make
from tests.house import addresses, doors
from tests.house.addresses import EVERYONE

# The tables that a practice has rows of, or may have: they hold what is said and coded, and what is written of it.
OPEN = {
    "actors": {"collaborationevent", "formercollaborationaddress", "formercollaborationname"},
    "surveys": {
        *("answer", "attachment", "blankcount", "burst", "channel", "codingevent", "formevent", "guidingquestion"),
        *("heard", "interview", "perspective", "polarity", "question", "rememberedchoice", "response", "statement"),
        *("survey", "theme", "themeperspective", "wave"),
    },
    "dialogue": {
        *("dialogue", "dialogue_surveys", "dialogueevent", "formerissueaddress", "formerissuetitle", "issue"),
        *("issueperspective", "processstage", "processstep", "round", "stepchange"),
    },
    "reports": {
        *("export", "report", "reportconnection", "reportperspective", "reportquote", "reporttheme", "reportversion"),
    },
}


@pytest.fixture
def district(db):
    return doors.build()


@pytest.fixture
def practice(district):
    return begin_practice(collaboration=district.place, by=district.people["coordinator"])


def refused(act):
    """The name of what the database refused."""
    with pytest.raises(IntegrityError) as refusal, transaction.atomic():
        act()
    cause = refusal.value.__cause__
    assert isinstance(cause, psycopg.IntegrityError)
    return cause.diag.constraint_name


def closed_tables():
    with connection.cursor() as cursor:
        cursor.execute("SELECT tgrelid::regclass::text FROM pg_trigger WHERE tgname = 'not_in_practice'")
        return {table for (table,) in cursor.fetchall()}


def is_closed(model, path, closed):
    """Whether it has the trigger, or a key that is never empty to one that has. No body is typed in there either."""
    keys = [key for key in model._meta.concrete_fields if isinstance(key, ForeignKey) and not key.null]
    parents = [key.related_model for key in keys if key.related_model not in (model, Collaboration, Organisation)]
    below = any(is_closed(parent, "", closed) for parent in parents)
    return below or model._meta.db_table in closed or "created_in" in path


def test_every_table_is_open_to_a_practice_by_name_or_closed_by_the_database(db):
    """A new table that leads to a collaboration is closed by a trigger, lies below one that is, or is listed here."""
    closed = closed_tables()
    tables = [model._meta.db_table for model, path in paths_to_collaboration() if not is_closed(model, path, closed)]
    open_to_it = [f"{app}_{name}" for app, names in OPEN.items() for name in names]

    assert sorted(tables) == sorted(open_to_it)


def test_no_real_answer_gets_into_a_practice(practice, district):
    wave, coordinator = Wave.objects.get(survey__collaboration=practice), district.people["coordinator"]
    channel = wave.survey.channels.get()
    talk: dict[str, Any] = {
        "mode": "individual",
        "place": "",
        "language": "sv",
        "held_on": timezone.localdate(),
        "heard": {},
    }

    assert refused(lambda: receive(wave=wave, submission=uuid.uuid4(), channel=channel, language="sv", answers={})) == (
        "only_made_up_in_practice"
    )
    assert refused(
        lambda: register_interview(wave=wave, by=coordinator, submission=uuid.uuid4(), notes="Sant.", **talk)
    ) == ("only_made_up_in_practice")
    imported = {"by": coordinator, "wave": wave, "rows": 1, "stored": 1, "people": 1, "is_blank": True}
    assert refused(lambda: wave.survey.imports.create(**imported)) == "not_in_practice"


def test_nothing_made_up_gets_out_of_it(practice, district):
    real = Wave.objects.exclude(survey__collaboration=practice).earliest("pk")
    made_up = Wave.objects.get(survey__collaboration=practice)
    moved = [
        lambda: made_up.responses.update(wave=real),
        lambda: made_up.interviews.update(wave=real),
        lambda: Wave.objects.filter(pk=made_up.pk).update(survey=real.survey, number=99),
        lambda: practice.surveys.update(collaboration=district.place, guiding_question=None),
        lambda: Perspective.objects.filter(collaboration=practice).update(collaboration=district.place),
        lambda: Issue.objects.filter(dialogue__collaboration=practice).update(dialogue=_dialogue(district)),
    ]

    assert {refused(move) for move in moved} == {"not_mixed_with_practice"}
    with connection.cursor() as cursor:
        cursor.execute("SELECT set_config('ostberga.filling_practice', 'yes', true)")
        assert refused(lambda: make.answer(real)) == "not_mixed_with_practice"
        cursor.execute("SELECT set_config('ostberga.filling_practice', '', true)")


def test_what_joins_rows_joins_nothing_made_up_with_what_is_real(practice, district):
    place, person = district.place, district.people["coordinator"]
    ours, theirs = (Perspective.objects.filter(collaboration=where).earliest("pk") for where in (place, practice))
    statement = Statement.objects.filter(wave__survey__collaboration=practice).earliest("pk")
    issue = Issue.objects.filter(dialogue__collaboration=place).earliest("pk")
    report = Report.objects.get(dialogue__collaboration=practice)
    theme = Theme.objects.create(collaboration=place, title={"sv": "Riktigt"})
    wave = Wave.objects.filter(survey__collaboration=place).earliest("pk")
    joins = [
        lambda: Attachment.objects.create(statement=statement, perspective=ours, attached_by=person),
        lambda: Polarity.objects.create(one=min(ours, theirs, key=_key), other=max(ours, theirs, key=_key)),
        lambda: IssuePerspective.objects.create(issue=issue, perspective=theirs, linked_by=person),
        lambda: ReportTheme.objects.create(report=report, theme=theme),
        lambda: Report.objects.filter(pk=report.pk).update(wave=wave),
        lambda: issue.dialogue.surveys.add(practice.surveys.get()),
    ]

    assert {refused(join) for join in joins} == {"not_mixed_with_practice"}


def _key(row):
    return row.pk


def _dialogue(district):
    return district.place.dialogues.first()


def test_a_practice_stays_one_and_what_is_real_stays_real(practice, district):
    changed = Collaboration.objects.filter(pk=practice.pk)
    turned = Collaboration.objects.filter(pk=make.collaboration("ovning-annan", is_demo=True).pk)

    assert refused(lambda: changed.update(practice_of=None)) is None
    assert refused(lambda: turned.update(practice_of=make.collaboration("utan-ovning"))) is None


def test_whoever_practises_reaches_nobody_outside(practice, district, browse):
    """Not by letters, rights, groups or decisions, whichever page is tried: she is told in words."""
    coordinator = browse(district.people["coordinator"])
    issue = Issue.objects.get(dialogue__collaboration=practice)
    asked = {
        "personer/bjud-in/": {"email": "nagon@example.se", "name": "Någon"},
        "grupper/ny/": {"name": "Gruppen", "issues": issue.pk, "approval": ApprovalRule.TWO.value},
        f"fragor/{issue.pk}/visa/": {},
    }
    pages = {path: coordinator.post(f"/samordna/{practice.slug}/{path}", data) for path, data in asked.items()}

    assert {path: page.status_code for path, page in pages.items()} == dict.fromkeys(asked, 409)
    assert "I övningen blir inget offentligt." in pages[f"fragor/{issue.pk}/visa/"].text


def test_nobody_sees_a_public_page_of_it(practice, district, browse):
    Collaboration.objects.filter(pk=practice.pk).update(name="Hemlig övning")
    public = [row for row in addresses.ours() if row.audience == EVERYONE and "<slug:slug>" in row.route]
    paths = {row.route: district.path_to(row).replace("/ostberga/", f"/{practice.slug}/") for row in public}
    pages = {route: browse(None).get(path, follow=True) for route, path in paths.items()}

    assert len(pages) > 20
    assert {route: page.status_code for route, page in pages.items() if page.status_code != 404} == {}
    for path in ("/", "/sitemap.xml", "/om/", "/personuppgifter/", "/mitt/"):
        assert "vning" not in browse(district.people["coordinator"]).get(path).text, path


def test_the_codes_of_its_forms_lead_nowhere(practice, browse):
    code = Channel.objects.get(survey__collaboration=practice).code

    assert browse(None).get(f"/svara/{code}/").status_code == 404
    assert browse(None).post(f"/svara/{code}/", {}).status_code == 404


def test_whoever_only_prepares_may_practise_but_do_nothing_else_there(db, browse):
    place, kim = make.collaboration("nytt", awaits_controller=True), make.user("kim@example.se")
    soon = timezone.now() + dt.timedelta(days=5)
    place.appointment_proposals.create(
        user=kim, role="coordinator", proposed_by=make.user(), token_hash="x", expires_at=soon
    )
    make.survey(place)

    practice = begin_practice(collaboration=place, by=kim)

    assert browse(kim).get(f"/samordna/{practice.slug}/koda/", follow=True).status_code == 200
    assert create_perspective(collaboration=practice, title={"sv": "Nytt"}, by=kim).pk
    body = {"name": "Bolaget", "short_name": "Bolaget", "slug": "bolaget", "kind": "association"}
    assert refused(lambda: Organisation.objects.create(**body, created_in=practice)) == "not_in_practice"

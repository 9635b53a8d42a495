"""No secret link stays in the database: every kind of letter is written and sent, and the whole of it is searched."""

import ast
import datetime as dt
import re
from pathlib import Path

import pytest
from django.apps import apps
from django.core import mail
from django.db import connection
from django.urls import get_resolver
from django.utils import timezone

from actors.letters import sending
from actors.mandates import confirming, proposing, registry_addresses, registry_removals
from actors.models import Letter
from actors.people import account_changes, appointing, inviting
from dialogue import tasks
from dialogue.activities import activity_lifecycle, commitments
from dialogue.decisions import passing_on
from dialogue.external import outside_bodies
from dialogue.followers import digest, news_collection
from dialogue.leaving import successions
from dialogue.meetings import calling
from dialogue.meetings.agenda import Point
from dialogue.models import Follower
from dialogue.pulse import pulses
from dialogue.rules.activities import ActivityState, Part
from ostberga.lib.privacy.encrypted import EncryptedTextField
from ostberga.lib.web.secret_links import CUT, SECRET_PARTS, cut_secret_links
from tests import factories as make
from tests.house.files import OUR_APPS, ROOT

# Every function that makes a token, and the kind of letter that carries it. A new one is added here, and to `letters`.
MAKERS = {
    "actors/mandates/confirming.py": "mandate-receipt",
    "actors/mandates/ending.py": "mandate-receipt",
    "actors/mandates/proposing.py": "mandate-asked",
    "actors/mandates/registry_addresses.py": "registry-asked",
    "actors/mandates/registry_removals.py": "registry-removal",
    "actors/people/appointing.py": "appointment-asked",
    "actors/people/account_changes.py": "account",
    "actors/people/inviting.py": "invitation",
    "dialogue/activities/commitments.py": "commitment-asked",
    "dialogue/calendars/feed_addresses.py": "",  # shown to her whose calendar it is, on her own page
    "dialogue/decisions/transfers.py": "question-arrived",
    "dialogue/external/own_words.py": "outside-replied",
    "dialogue/followers/better_questions.py": "news",
    "dialogue/leaving/successions.py": "succession-asked",
    "dialogue/models/calendar_feed.py": "",  # the same address, made anew each time it is shown
    "dialogue/models/following.py": "news",  # the letter that asks her to confirm is never stored
    "dialogue/models/meeting.py": "meeting-called",
    "dialogue/pulse/pulses.py": "pulse",
    "reports/models/reading.py": "",  # shown once to the coordinator, who passes it on herself
}
# Parts of addresses that are open to all, or no key to anything: what they are.
OPEN_PARTS = {
    "code": "a channel's code, printed on posters",
    "stamp": "a page's own state",
    "name": "a file's name",
    "provider_id": "a login's name in the settings",
    **dict.fromkeys(["language", "kind", "act", "words", "day"], "a choice on a page"),
}
# Fields of models with a name like a secret's, which hold none.
HARMLESS = {
    "surveys.Channel.code": "printed on posters",
    "dialogue.News.key": "which event the news is about",
}


def in_database(*secrets: str) -> list[str]:
    """«table: secret» for each row of any table that holds one of the secrets, whatever the column."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT tablename FROM pg_tables WHERE schemaname = 'public'")
        tables = [table for (table,) in cursor.fetchall()]
        held = []
        for table in tables:
            cursor.execute(f'SELECT whole::text FROM "{table}" whole')  # noqa: S608 names of our own tables
            rows = [row for (row,) in cursor.fetchall()]
            held += [f"{table}: {secret}" for secret in secrets if any(secret in row for row in rows)]
    return held


@pytest.fixture
def lit(ake, polisen, talk):
    """New lamps, under way."""
    issue = make.issue(talk, "Belysning", slug="belysning")
    return make.activity(issue, ake, make.decision(issue, ake, polisen, answer="approved"), state=ActivityState.RUNNING)


@pytest.fixture
def letters(lit, ake, tova, polisen, amina):
    """A letter of each kind that carries a secret, by the act that writes it."""
    ostberga = lit.dialogue.collaboration
    inviting.invite(collaboration=ostberga, by=ake, email="ny@example.se", name="Ny")
    inviting.send_again(ostberga.invitations.get(), by=ake)
    lead = {"organisation": polisen, "part": Part.LEAD, "what": "Gå där.", "by": ake}
    commitments.ask(activity=lit, email=make.registry(polisen), **lead)
    make.commitment(lit, make.organisation("Fritid"), ake)
    amina.post("/folj/", {"epost": "boende@example.se", "fraga": [lit.issue_id], "vill": "every"})
    tasks.write_batch()
    tasks.send_follow_letters()
    Follower.objects.get().confirm()
    activity_lifecycle.end(activity=lit, state=ActivityState.DONE, outcome={"sv": "Det lyser."}, by=ake)
    news_collection.collect_news()
    digest.send_digests(timezone.localtime().replace(hour=12))
    for number in range(8):
        make.official(make.user(f"handlaggare{number}@ostberga.example"), polisen)
    pulses.open_pulse(collaboration=ostberga, closes_on=timezone.localdate() + dt.timedelta(days=14), by=ake)
    account_changes.write_down(user=ake, kind="password")
    amina.post("/konto/password/reset/", {"email": tova.email}, follow=True)
    ask_about_questions(lit.issue, polisen, ake)
    ask_bodies(ostberga, polisen, ake, tova)
    call_group(make.group(lit.dialogue, ake, lit.issue), tova, ake)
    return list(Letter.objects.all())


def call_group(group, member, ake):
    """Call a group with this member to a meeting."""
    group.seats.filter(role="official").update(user=member)
    calling.call(meeting=calling.plan(group=group, on=timezone.localdate(), points=[Point("Ljus")], by=ake), by=ake)


def ask_about_questions(issue, polisen, ake):
    """Ask the registries: whether a question is theirs, whether a body took over, and of a reply from outside."""
    ostberga = issue.dialogue.collaboration
    before = ostberga.data_controller
    part = make.decision(issue, ake, before, title={"sv": "Muralen"}).parts.get()
    took_over = {"predecessor": before, "predecessor_name": before.name, "successor": polisen}
    succession = ostberga.successions.create(**took_over, reason="Delas.", by=ake)
    passing_on.pass_to_body(part=part, to=polisen, reason="Deras.", by=ake, succession=succession)
    successions.ask_both(succession)
    outside = make.organisation("Storstockholms Lokaltrafik", slug="sl")
    make.registry(outside, "registrator@sl.example")
    ostberga.addressees.create(organisation=outside, about={"sv": "Kör bussarna."})
    asked = {"issue": issue, "addressee": outside, "subject": {"sv": "Buss 134"}, "sent_on": timezone.localdate()}
    question = outside_bodies.send_question(**asked, text="Varför?", reply_due=timezone.localdate(), by=ake)
    outside_bodies.register_reply(to=question, words={"sv": "Vet ej."}, on=timezone.localdate(), by=ake)


def ask_bodies(ostberga, polisen, ake, tova):
    """Ask the registries: to confirm a mandate and an appointment, and to move."""
    polisen.refresh_from_db()
    make.official(tova, polisen, title="Kommunpolis")
    mandate = {"person": tova, "organisation": polisen, "title": "Kommunpolis", "scopes": ["commitments"]}
    proposing.propose(collaboration=ostberga, by=ake, **mandate)
    asked = Letter.objects.filter(kind="mandate-asked").latest("written_at")
    (token,) = secrets_of(asked)
    confirming.confirm_by_link(token)
    make.registry(ostberga.data_controller)
    appointing.propose(collaboration=ostberga, user=tova, role="deputy", by=ake)
    registry_addresses.enter(organisation=polisen, address=f"nya.{polisen.registry_email}", by=ake)
    registry_removals.remove(polisen, by=make.user("drift@example.se", is_superuser=True))


def secrets_of(letter: Letter) -> set[str]:
    """The last part of each secret address in a letter."""
    addresses = re.findall(r"https?://[^\s<>\"']+", f"{letter.text} {letter.html} {letter.unsubscribe}")
    paths = {address for address in addresses if cut_secret_links(address) == CUT}
    return {path.rstrip("/").removesuffix("/avsluta").rpartition("/")[2] for path in paths}


def test_no_link_is_readable_in_the_database_before_or_after_the_letter_has_gone(letters):
    secrets = {letter: secrets_of(letter) for letter in letters}
    kinds = {letter.kind for letter, of_letter in secrets.items() if of_letter}
    assert kinds == {*MAKERS.values()} - {""}
    every = set().union(*secrets.values())

    assert in_database(*every) == []
    assert all(sending.send(str(letter.pk)) for letter in letters)
    assert all(any(secret in sent.body for sent in mail.outbox) for secret in every)
    assert in_database(*every) == []
    assert not Letter.objects.exclude(sealed="").exists()


def test_the_search_would_find_a_link(db):
    Letter.objects.create(kind="invitation", to="a@example.se", subject="Hej", kept_text="/valkommen/hemlig-och-lang/")

    assert in_database("hemlig-och-lang") == ["actors_letter: hemlig-och-lang"]


def test_each_maker_of_tokens_has_its_letter_here():
    makers = {
        str(path.relative_to(ROOT))
        for app in OUR_APPS
        for path in (ROOT / app).rglob("*.py")
        if {"new_token", "derived_token"} & _called(path)
    }

    assert makers == set(MAKERS)


def _called(path: Path) -> set[str]:
    calls = [node.func for node in ast.walk(ast.parse(path.read_text())) if isinstance(node, ast.Call)]
    return {call.id for call in calls if isinstance(call, ast.Name)}


def test_each_part_of_an_address_is_known_as_secret_or_open():
    loose = set()
    for pattern, converters in _patterns(get_resolver()):
        groups = getattr(pattern.regex, "groupindex", {})
        loose |= {name for name in groups if type(converters.get(name)).__name__ in {"StringConverter", "NoneType"}}

    assert loose - SECRET_PARTS - OPEN_PARTS.keys() == set()


def _patterns(resolver):
    for entry in resolver.url_patterns:
        if getattr(entry, "app_name", "") == "admin":
            continue
        if hasattr(entry, "url_patterns"):
            yield from _patterns(entry)
        else:
            yield entry.pattern, entry.pattern.converters


def test_every_secret_of_a_model_is_a_hash_or_encrypted():
    named = re.compile(r"token|secret|link_key|code$|^key$")
    models = [model for app in OUR_APPS[1:] for model in apps.get_app_config(app).get_models()]
    fields = [field for model in models for field in model._meta.fields if named.search(field.name)]
    plain = [
        field for field in fields if not field.name.endswith("_hash") and not isinstance(field, EncryptedTextField)
    ]

    assert {f"{field.model._meta.label}.{field.name}" for field in plain} == set(HARMLESS)

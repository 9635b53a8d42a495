"""Fixtures for all tests: the cast of people, bodies and surveys. tests/__init__.py has started the servers."""

import datetime as dt
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.core.cache import cache
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import translation

from actors.letters import smtp
from actors.models import Collaboration, Organisation, User
from dialogue.models import Dialogue
from ostberga.lib.web.public_pages import forget_versions
from ostberga.middleware import local_pages
from surveys.batching import blank_counts
from surveys.models import Survey, Wave
from tests import clock, garbage
from tests import factories as make
from tests.flushing import delete_instead_of_truncating
from tests.lock_order import held_to_lock_order
from tests.phones import chromium, open_browser, phone
from tests.second_look import SecondLookClient

__all__ = ["chromium", "open_browser", "phone"]  # fixtures

Browse = Callable[..., Client]


@pytest.hookimpl(tryfirst=True)
def pytest_runtest_setup() -> None:
    """Start the clock before every fixture, also those with module scope."""
    clock.start()


@pytest.fixture(scope="session")
def _quick_migrations() -> None:
    garbage.collect_seldom()


@pytest.fixture(scope="session")
def django_db_setup(_quick_migrations: None, django_db_setup: None, django_db_blocker: Any) -> None:
    """Let the tables be emptied after tests with real commits, which the security log refuses."""
    with django_db_blocker.unblock(), connection.cursor() as cursor:
        cursor.execute("ALTER TABLE actors_securityevent DISABLE TRIGGER never_emptied")
        cursor.execute("ALTER TABLE actors_securityseal DISABLE TRIGGER never_emptied")
    delete_instead_of_truncating()
    garbage.collect_as_usual()


@pytest.fixture(autouse=True)
def _empty_cache() -> None:
    cache.clear()
    local_pages.clear()
    forget_versions()
    smtp.breaker.reset()


@pytest.fixture(autouse=True)
def _swedish() -> Iterator[None]:
    """Activate Swedish, since the language of a page that an earlier test requested would linger."""
    with translation.override("sv"):
        yield


@pytest.fixture(autouse=True)
def _stored_with_channel(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """Leave no ordinary response without its channel, as chance does with some, but where that is what is tested."""
    if not request.node.get_closest_marker("blank_by_chance"):
        monkeypatch.setattr(blank_counts, "PERCENT", 0)


# Tests of every verb, of every form that edits, and of the rooms where verbs lock several things.
HELD_TO_LOCK_ORDER = (
    "house",
    "actors/mandates",
    *(f"dialogue/{room}" for room in ("activities", "decisions", "issues")),
)
HELD_TO_LOCK_ORDER += ("dialogue/leaving", "dialogue/process")
# Rooms that take turns, lock a whole table, or receive what waits.
HELD_TO_LOCK_ORDER += ("actors/people", "actors/plan", "actors/partners", "surveys/importing", "surveys/collecting")
HELD_TO_LOCK_ORDER += ("surveys/fielding",)
HELD_TO_LOCK_ORDER += ("dialogue/pulse", "dialogue/followers", "reports/composing")


@pytest.fixture(autouse=True)
def _one_lock_order(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Hold what these tests do to the order of locks, with transactions as wide as a browser's forms make them."""
    if not any(f"tests/{room}/" in request.node.path.as_posix() for room in HELD_TO_LOCK_ORDER):
        yield
        return
    monkeypatch.setattr(SecondLookClient, "sends_tokens", True)
    with held_to_lock_order():
        yield


@pytest.fixture
def browse() -> Browse:
    """Return a function that makes a test client: `browse(ake)` is signed in, `browse()` is anonymous."""

    def make_client(user: User | None = None, **headers: Any) -> Client:
        client = SecondLookClient(**headers)
        if user is not None:
            client.force_login(user)
            client.account = str(user.pk)
            _with_second_factor(client, user)
        return client

    return make_client


def _with_second_factor(client: Client, user: User) -> None:
    """Give the session what signing in with a passkey leaves in it, as if she had just been asked for it again."""
    session = client.session
    just_now = dt.datetime(2100, 1, 1, tzinfo=dt.UTC).timestamp()  # also after the clock of a test has been moved
    session["account_authentication_methods"] = [
        {"method": "mfa", "type": "webauthn", "at": just_now, "reauthenticated": True}
    ]
    session["account_authentication_methods_user"] = str(user.pk)
    session.save()


@pytest.fixture
def amina(browse: Browse) -> Client:
    """Amina lives here. She has a phone and no account."""
    return browse()


@pytest.fixture
def trafikkontoret(db: None) -> Organisation:
    """The body that answers for street lights."""
    return make.organisation("Trafikkontoret", slug="trafik")


@pytest.fixture
def polisen(db: None) -> Organisation:
    """The state authority in the collaboration."""
    return make.organisation("Polismyndigheten", slug="polisen", kind=Organisation.Kind.STATE_AUTHORITY)


@pytest.fixture
def ostberga(trafikkontoret: Organisation, polisen: Organisation) -> Collaboration:
    """The collaboration with two of its bodies."""
    collaboration = make.collaboration()
    make.partnership(collaboration, trafikkontoret)
    make.partnership(collaboration, polisen)
    return collaboration


@pytest.fixture
def ake(ostberga: Collaboration) -> User:
    """Åke coordinates."""
    user = make.user("samordnare@ostberga.example", name="Åke")
    make.coordinator(ostberga, user)
    return user


@pytest.fixture
def disa(ostberga: Collaboration) -> User:
    """Disa is Åke's deputy."""
    user = make.user("ersattare@ostberga.example", name="Disa")
    make.coordinator(ostberga, user, role="deputy")
    return user


@pytest.fixture
def tova(trafikkontoret: Organisation, ostberga: Collaboration) -> User:
    """Tova approves for Trafikkontoret, whose registry has confirmed her mandate."""
    user = make.user("trafik@ostberga.example", name="Tova")
    make.official(user, trafikkontoret, title="Handläggare")
    make.mandate(user, trafikkontoret, ostberga, title="Handläggare")
    return user


@pytest.fixture
def polly(polisen: Organisation, ostberga: Collaboration) -> User:
    """Polly is the community police officer, with a mandate to answer."""
    user = make.user("polisen@ostberga.example", name="Polly")
    make.official(user, polisen, title="Kommunpolis")
    make.mandate(user, polisen, ostberga, title="Kommunpolis")
    return user


@pytest.fixture
def stranger(db: None) -> User:
    """A user with no place anywhere."""
    return make.user("nagon@ostberga.example", name="Någon")


@pytest.fixture
def form(ostberga: Collaboration) -> Survey:
    """The form everyone answers."""
    return make.survey(ostberga)


@pytest.fixture
def autumn(form: Survey) -> Wave:
    """The wave that is open now."""
    return make.wave(form, title="Hösten")


@pytest.fixture
def talk(ostberga: Collaboration, form: Survey) -> Dialogue:
    """The dialogue that is going on."""
    assert form.guiding_question is not None
    dialogue = make.dialogue(ostberga, guiding_question=form.guiding_question)
    dialogue.surveys.add(form)
    return dialogue


@pytest.fixture
def count_queries() -> Callable[[Callable[[], Any]], int]:
    """Return a function that counts the queries of a callable."""

    def count(act: Callable[[], Any]) -> int:
        with CaptureQueriesContext(connection) as queries:
            act()
        return len(queries)

    return count

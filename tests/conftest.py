"""The cast, and the stage. The servers are there already: see tests/__init__.py."""

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.core.cache import cache
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import translation

from actors.models import Collaboration, Organisation, User
from dialogue.models import Dialogue
from ostberga.lib.web.public_pages import forget_versions
from ostberga.middleware import local_pages
from surveys.models import Survey, Wave
from tests import clock
from tests import factories as make
from tests.phones import chromium, open_browser, phone

__all__ = ["chromium", "open_browser", "phone"]  # one browser for all folders

Browse = Callable[..., Client]


@pytest.hookimpl(tryfirst=True)
def pytest_runtest_setup() -> None:
    """Before every fixture, also those that a whole module shares."""
    clock.start()


@pytest.fixture(autouse=True)
def _empty_cache() -> None:
    cache.clear()
    local_pages.clear()
    forget_versions()


@pytest.fixture(autouse=True)
def _swedish() -> Iterator[None]:
    """Each test begins in Swedish: the language of a page asked for by another must not linger."""
    with translation.override("sv"):
        yield


@pytest.fixture
def browse() -> Browse:
    """A browser: `browse(ake)` is signed in, `browse()` is anybody."""

    def open_browser(user: User | None = None, **headers: Any) -> Client:
        client = Client(**headers)
        if user is not None:
            client.force_login(user)
        return client

    return open_browser


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
    made = make.collaboration()
    make.partnership(made, trafikkontoret)
    make.partnership(made, polisen)
    return made


@pytest.fixture
def ake(ostberga: Collaboration) -> User:
    """Åke coordinates."""
    user = make.user("samordnare@ostberga.example", name="Åke")
    make.coordinator(ostberga, user)
    return user


@pytest.fixture
def tova(trafikkontoret: Organisation) -> User:
    """Tova approves for Trafikkontoret."""
    user = make.user("trafik@ostberga.example", name="Tova")
    make.official(user, trafikkontoret, title="Handläggare", may_register_decisions=True)
    return user


@pytest.fixture
def polly(polisen: Organisation) -> User:
    """Polly is the community police officer."""
    user = make.user("polisen@ostberga.example", name="Polly")
    make.official(user, polisen, title="Kommunpolis", may_register_decisions=True)
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
    made = make.dialogue(ostberga, guiding_question=form.guiding_question)
    made.surveys.add(form)
    return made


@pytest.fixture
def count_queries() -> Callable[[Callable[[], Any]], int]:
    """How many queries an act costs."""

    def count(act: Callable[[], Any]) -> int:
        with CaptureQueriesContext(connection) as caught:
            act()
        return len(caught)

    return count

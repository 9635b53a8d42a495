"""What the database refuses in a practice is said in words, wherever the refused statement stands."""

from typing import Any

import pytest
from django.db import connection
from django.http import HttpRequest, HttpResponse
from django.urls import include, path
from django.utils import timezone

from actors.models import Collaboration, SentForm
from ostberga import urls
from ostberga.http.practice_pages import REFUSED
from ostberga.lib.web.form_tokens import FIELD, FormToken, new_rendering
from tests import factories as make


def invite(request: HttpRequest, slug: str) -> HttpResponse:
    """A page that writes without a transaction of its own, as a new one may: no verb of ours does."""
    place = Collaboration.objects.get(slug=slug)
    place.partnerships.create(organisation=make.organisation("Nya kontoret"), joined_on=timezone.localdate())
    return HttpResponse()


workshop = ([path("prov/", invite)], "coordinate")
urlpatterns = [*urls.urlpatterns, path("samordna/<slug:slug>/", include(workshop))]


@pytest.fixture
def practice(ostberga: Collaboration) -> Collaboration:
    return make.collaboration("ovning-ostberga", practice_of=ostberga, is_demo=True)


@pytest.mark.urls(__name__)
def test_a_statement_without_a_savepoint_is_refused_in_words_and_nothing_is_kept(practice: Any, ake: Any, browse: Any):
    address = f"/samordna/{practice.slug}/prov/"
    token = str(FormToken(str(ake.pk), address, new_rendering()))

    page = browse(ake).post(address, {FIELD: token})

    assert (page.status_code, "Det här går inte i övningen" in page.text) == (409, True)
    assert (practice.partnerships.count(), SentForm.objects.count()) == (0, 0)


@pytest.mark.django_db
def test_every_trigger_that_refuses_in_a_practice_has_its_words():
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT DISTINCT tgname FROM pg_trigger JOIN pg_proc ON pg_proc.oid = tgfoid WHERE prosrc LIKE '%TG_NAME%'"
        )
        names = {name for (name,) in cursor.fetchall()}

    assert "not_in_practice" in names
    assert names - REFUSED.keys() == set()

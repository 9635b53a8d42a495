"""`make demo` over content that another version of the code has made."""

import pytest
from django.core.management import call_command
from django.db import connection
from django.db.migrations.recorder import MigrationRecorder

from actors.models import Organisation
from ostberga.local import stack
from ostberga.management.commands.demo import unknown_migrations
from tests import factories as make

pytestmark = pytest.mark.django_db


def test_the_database_of_this_version_is_known():
    assert unknown_migrations() == []


def test_content_of_another_version_is_left_as_it_is(settings):
    settings.DEMO = True
    make.organisation("Trafikkontoret")
    MigrationRecorder(connection).record_applied("dialogue", "0013_positions_are_frozen")

    with pytest.raises(SystemExit) as left:
        call_command("demo", prepare=True)

    assert left.value.code == stack.MADE_BY_ANOTHER_VERSION
    assert Organisation.objects.get().name == "Trafikkontoret"


def test_one_sentence_says_what_to_do(monkeypatch):
    monkeypatch.delenv("DATABASE_URL")
    assert stack._made_by_another_version() == (
        "Innehållet i .local/ gjordes av en annan version av Östberga och kan inte uppgraderas: "
        "flytta undan mappen om du vill behålla det, och kör sedan `make demo-reset`."
    )

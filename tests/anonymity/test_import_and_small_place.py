"""An import without channels, and the small place that its rows came from: nothing that is stored leads there."""

from uuid import uuid4

import pytest
from django.db.models.expressions import RawSQL

from ostberga.lib.privacy.codes import fingerprint
from surveys.importing import row_keys
from surveys.importing.columns.layout import ImportSource
from surveys.importing.dry_run import judge
from surveys.importing.places import NEW_SMALL, make_places
from surveys.importing.rows import Batch
from surveys.importing.storing import store_rows
from surveys.models import Channel, FormEvent, Response
from tests import factories as make

pytestmark = pytest.mark.django_db(transaction=True)

WORDS = "Mer ljus i tvättstugan"


@pytest.fixture
def run(form, autumn):
    """Dry-run pasted text whose rows come from a channel unless they say otherwise."""

    def send(text, channel=None, **chosen):
        batch = Batch(autumn, channel or form.channels.get(is_web=True), "sv", autumn.opens_on)
        return judge(survey=form, batch=batch, source=ImportSource(text=text), chosen=chosen)

    return send


@pytest.fixture
def store(ake, form):
    """Make the places of a dry run, and store its rows, in two transactions as the pages do."""

    def send(judged):
        make_places(survey=form, by=ake, rows=judged.stored)
        return store_rows(survey=form, key=uuid4(), by=ake, rows=judged.rows, read=len(judged.rows))

    return send


@pytest.fixture
def stairs(form, run, store):
    """A row from the stairs is stored, beside the library and the square."""
    small = make.channel(form, label="Trappan", is_small=True)
    for label in ("Biblioteket", "Torget"):
        make.channel(form, label=label)
    store(run(f"Vad tycker du?\n{WORDS}", small))
    return small


def test_the_same_words_get_the_same_answer_whatever_place_is_tried(form, run, stairs):
    tried = [run(f"Vad tycker du?\n{WORDS}", channel) for channel in form.channels.all()]
    named = [run(f"Vad tycker du?\tPlats\n{WORDS}\t{channel}") for channel in form.channels.all()]

    assert {row.left for judged in [*tried, *named] for row in judged.rows} == {"finns redan"}
    assert len({ask.title for judged in [*tried, *named] for ask in judged.asks}) == 1


def test_no_place_can_be_tried_against_the_hash_with_the_key_in_hand(form, run, stairs, settings):
    stored = Response.objects.get()
    keys = {row_keys.row_key(run(f"Vad tycker du?\n{WORDS}", channel).rows[0]) for channel in form.channels.all()}

    assert len(keys) == 1
    assert stored.submission_hash != fingerprint(settings.RECEIPT_KEY, stairs.label)


def test_a_place_that_the_import_made_is_not_linked_with_it(form, run, store):
    text = f"Vad tycker du?\tPlats\n{WORDS}\tTrappan"
    (place,) = run(text).places
    done = store(run(text, **{place.name: NEW_SMALL}))
    made = Channel.objects.get(label="Trappan")

    assert Response.objects.get().channel is None
    assert made.is_small
    assert [field.name for field in type(done)._meta.get_fields() if field.related_model is Channel] == []
    assert not FormEvent.objects.filter(what__contains="Trappan").exists()
    assert _version(made) != _version(done)


def _version(row):
    return type(row).objects.annotate(version=RawSQL("xmin::text", [])).get(pk=row.pk).version

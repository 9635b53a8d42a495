"""Imports as other tests need them."""

from typing import Any

from django.utils import timezone

from actors.models import Collaboration, User
from surveys.importing import large_files
from surveys.importing.columns.layout import ImportSource
from surveys.importing.rows import Batch
from surveys.models import AnswerImport, LargeImport, ListImport, Wave
from tests import factories as make


def import_of_one_answer(wave: Wave, by: User) -> AnswerImport:
    """Return an import of one answer."""
    done = AnswerImport.objects.create(survey=wave.survey, by=by, rows=1, stored=1)
    make.answer(wave, imported_in=done)
    return done


def empty_lists(collaboration: Collaboration, by: User) -> list[ListImport]:
    """Return an import of a list of each kind, of no rows."""
    lists = ListImport.objects
    kinds = ("samtal", "utsagor", "kodbok", "fragor", "beslut", "aktiviteter", "kontakter")
    return [lists.create(collaboration=collaboration, kind=kind, by=by, rows=1, stored=0) for kind in kinds]


def judged_large_file(wave: Wave, by: User) -> LargeImport:
    """Return a large file that a worker has judged, with a row of each kind."""
    batch = Batch(wave, wave.survey.channels.all()[0], "sv", timezone.localdate())
    text = "Synpunkt\tEget\nMer ljus\t1\nMer ljus\t1\n\t2\n"
    large = large_files.begin(survey=wave.survey, by=by, batch=batch, source=ImportSource(text=text))
    large_files.work_on(large.pk)
    return large


def of_imports(wave: Wave, by: User) -> dict[str, Any]:
    """Return imports of all kinds, by the parts of addresses that they belong in."""
    lists: dict[str, Any] = {
        f"ta-med/{done.kind}/<uuid:pk>": done for done in empty_lists(wave.survey.collaboration, by)
    }
    lists["importer/<uuid:answer_import>"] = import_of_one_answer(wave, by)
    return lists | {"stor-fil/<uuid:large>": judged_large_file(wave, by)}

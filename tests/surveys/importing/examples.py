"""An import as other tests need it."""

from actors.models import User
from surveys.models import AnswerImport, Wave
from tests import factories as make


def import_of_one_answer(wave: Wave, by: User) -> AnswerImport:
    """Return an import of one answer."""
    done = AnswerImport.objects.create(survey=wave.survey, by=by, rows=1, stored=1)
    make.answer(wave, imported_in=done)
    return done

"""What the world has of listening: sources to code, forms in two languages, and what was imported."""

from django.urls import reverse
from django.utils import timezone

from actors.models import Organisation, User
from actors.rules.helping import HelperTask
from dialogue.models import Issue
from surveys.models import Answer, Interview, PiledText, Statement, Survey
from tests import factories as make
from tests import listed
from tests.surveys.importing.examples import empty_lists, import_of_one_answer, judged_large_file

CODER = "utbildning@ostberga.example"


def coding() -> list[str]:
    """Sources to code, one of them in Arabic, and a statement."""
    arabic = Answer.objects.filter(response__language="ar").exclude(text="").first()
    statement = Statement.objects.publishable().first()
    talk = Interview.objects.filter(coded_at=None).first()
    assert arabic
    assert statement
    assert talk
    sources = [("svar", arabic.pk), ("samtal", talk.pk)]
    return [
        *(reverse("coordinate:coding-source", args=["ostberga", kind, pk]) for kind, pk in sources),
        reverse("coordinate:statement", args=["ostberga", statement.pk]),
    ]


def coder(ake: User) -> None:
    """Somebody at a body codes: a text to read, a statement to code again, and one that she has coded again."""
    person, survey = User.objects.get(email=CODER), Survey.objects.get()
    make.helper(survey.collaboration, person, HelperTask.CODING, ake)
    unread = Answer.objects.filter(coded_at=None, response__wave__survey=survey).exclude(text="")[0]
    again, done = Statement.objects.publishable().order_by("pk")[:2]
    for text in (unread, again, done):
        make.pile(survey.collaboration, person, ake, text)
    PiledText.objects.filter(statement=done).update(done_at=timezone.now())


def forms(ake: User) -> list[str]:
    """Previews, a slip, an import and a pile of paper forms."""
    survey = Survey.objects.get()
    previews = [reverse("coordinate:preview", args=["ostberga", survey.pk, language]) for language in ("sv", "ar")]
    slip = reverse("coordinate:interview-slip", args=["ostberga", Interview.objects.all()[0].pk])
    answers = import_of_one_answer(survey.waves.get(number=2), ake)
    imported = reverse("coordinate:import-done", args=["ostberga", survey.pk, answers.pk])
    empty_lists(survey.collaboration, ake)
    _said_by_lists(ake)
    large = judged_large_file(survey.waves.get(number=2), ake)
    judged = reverse("coordinate:import-large", args=["ostberga", survey.pk, large.pk])
    pile = f"?wave={survey.waves.get(number=2).pk}&channel={survey.channels.all()[0].pk}&language=sv"
    return [*previews, slip, imported, judged, reverse("coordinate:entry-sheet", args=["ostberga", survey.pk]) + pile]


def _said_by_lists(ake: User) -> None:
    """A decision and an activity as lists tell of them, and a contact."""
    issue, streets = Issue.objects.public().earliest("pk"), Organisation.objects.get(name="Trafikkontoret")
    listed.decision(issue, ake, streets)
    listed.activity(issue, ake, streets)
    listed.contact(issue.dialogue.collaboration, streets, ake)

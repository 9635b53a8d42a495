"""What a person may open in the workshop: the collaborations she coordinates, and the forms in them."""

from django.http import HttpRequest
from django.shortcuts import get_object_or_404

from actors.models import Collaboration, User
from surveys.models import Channel, Question, Survey, Wave


class SignedInRequest(HttpRequest):
    """A request from someone with an account: LoginRequiredMiddleware has seen to it."""

    user: User


def collaboration_of(request: SignedInRequest, slug: str) -> Collaboration:
    """The collaboration, if this person coordinates it; for everybody else it does not exist."""
    return get_object_or_404(Collaboration.objects.coordinated_by(request.user), slug=slug)


def survey_of(request: SignedInRequest, slug: str, pk: int) -> Survey:
    """A form of hers."""
    mine = Survey.objects.coordinated_by(request.user).select_related("collaboration", "guiding_question")
    return get_object_or_404(mine, collaboration__slug=slug, pk=pk)


def question_of(request: SignedInRequest, slug: str, pk: int, question: int) -> Question:
    """A question in a form of hers."""
    survey = survey_of(request, slug, pk)
    found = get_object_or_404(survey.questions.all(), pk=question)
    found.survey = survey
    return found


def wave_of(request: SignedInRequest, slug: str, pk: int, wave: int) -> Wave:
    """A wave of a form of hers."""
    survey = survey_of(request, slug, pk)
    found = get_object_or_404(survey.waves.all(), pk=wave)
    found.survey = survey
    return found


def channel_of(request: SignedInRequest, slug: str, pk: int, channel: int) -> Channel:
    """A channel of a form of hers."""
    survey = survey_of(request, slug, pk)
    found = get_object_or_404(survey.channels.all(), pk=channel)
    found.survey = survey
    return found

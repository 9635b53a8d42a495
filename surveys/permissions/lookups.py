"""Fetch a form, question, wave or channel that the signed-in user coordinates, or raise 404."""

from django.shortcuts import get_object_or_404

from actors.permissions.lookups import SignedInRequest, refuse_while_awaited
from surveys.models import Channel, Question, Survey, Wave


def survey_of(request: SignedInRequest, slug: str, pk: int) -> Survey:
    """Return a form of a collaboration she coordinates, or raise 404; Refusal while its data controller is awaited."""
    survey = prepared_survey_of(request, slug, pk)
    refuse_while_awaited(survey.collaboration)
    return survey


def prepared_survey_of(request: SignedInRequest, slug: str, pk: int) -> Survey:
    """Return a form of a collaboration she coordinates or prepares, or raise 404."""
    mine = Survey.objects.prepared_by(request.user).select_related("collaboration", "guiding_question")
    return get_object_or_404(mine, collaboration__slug=slug, pk=pk)


def question_of(request: SignedInRequest, slug: str, pk: int, question: int) -> Question:
    """Return a question of a form that she coordinates or prepares, or raise 404."""
    survey = prepared_survey_of(request, slug, pk)
    survey_question = get_object_or_404(survey.questions.all(), pk=question)
    survey_question.survey = survey
    return survey_question


def wave_of(request: SignedInRequest, slug: str, pk: int, wave: int) -> Wave:
    """Return a wave of a form that she coordinates, or raise 404."""
    survey = survey_of(request, slug, pk)
    survey_wave = get_object_or_404(survey.waves.all(), pk=wave)
    survey_wave.survey = survey
    return survey_wave


def printed_channel_of(request: SignedInRequest, slug: str, pk: int, channel: int) -> Channel:
    """Return a channel whose posters and code she may print, or raise 404."""
    mine = Survey.objects.printed_by(request.user).filter(collaboration__slug=slug, pk=pk)
    return get_object_or_404(Channel.objects.select_related("survey"), survey__in=mine, pk=channel)


def channel_of(request: SignedInRequest, slug: str, pk: int, channel: int) -> Channel:
    """Return a channel of a form that she coordinates or prepares, or raise 404."""
    survey = prepared_survey_of(request, slug, pk)
    survey_channel = get_object_or_404(survey.channels.all(), pk=channel)
    survey_channel.survey = survey
    return survey_channel

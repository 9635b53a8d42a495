"""Posters with a QR code and paper forms as PDF, rendered on request and cached."""

from collections.abc import Callable
from dataclasses import dataclass

from django.template.loader import render_to_string
from django.utils import timezone, translation

from ostberga.lib.periods import Period
from ostberga.lib.translations.languages import LANGUAGES, SOURCE, in_language, is_rtl
from reports.printouts.one_at_a_time import get_or_render
from reports.rendering.pdf import render_pdf
from surveys.fielding import channels
from surveys.models import Channel, Survey, Wave
from surveys.questionnaire.answer_form import SurveyAnswerForm
from surveys.questionnaire.survey_definition import load_definition

# Seconds in the cache. The key holds the form's version, so that an edit renders a new PDF.
CACHE_SECONDS = 24 * 3600


@dataclass(frozen=True)
class PosterText:
    """The guiding question and the last day to answer, in one language."""

    language: str
    question: str
    last_day: str

    @property
    def direction(self) -> str:
        """Text direction: rtl or ltr."""
        return "rtl" if is_rtl(self.language) else "ltr"

    @property
    def length(self) -> str:
        """Size class of the question: the shorter, the larger it is set."""
        return "short" if len(self.question) <= 60 else "middling" if len(self.question) <= 130 else "long"


def render_poster(channel: Channel) -> bytes:
    """An A4 poster for the channel, as an accessible PDF."""
    return _cached("render_poster", channel, SOURCE, lambda: _poster(channel))


def render_sheet(channel: Channel, language: str) -> bytes:
    """The form on paper in one language, with lines and boxes, as an accessible PDF."""
    return _cached("render_sheet", channel, language, lambda: _sheet(channel, language))


def _cached(kind: str, channel: Channel, language: str, make: Callable[[], bytes]) -> bytes:
    survey = channel.survey
    today = timezone.localdate().isoformat()  # so that a last day that has passed is not printed
    key = f"{kind}:{channel.pk}:{survey.definition_version}:{survey.collaboration.public_version}:{language}:{today}"
    return get_or_render(key, make, seconds=CACHE_SECONDS) or b""


def _poster(channel: Channel) -> bytes:
    survey = channel.survey
    texts = [_text(survey, code) for code in LANGUAGES if code in survey.languages or code == SOURCE]
    context = {
        "channel": channel,
        "collaboration": survey.collaboration,
        "swedish": texts[0],
        "others": [text for text in texts[1:] if text.question],
        "texts": texts,
        "address": channels.channel_url(channel),
        "short_address": channels.short_channel_url(channel),
    }
    return _pdf("print/poster.html", context, channel)


def _sheet(channel: Channel, language: str) -> bytes:
    survey = channel.survey
    with translation.override(language):
        context = {
            "channel": channel,
            "collaboration": survey.collaboration,
            "form": SurveyAnswerForm(load_definition(survey), language=language),
            "language": language,
            "direction": "rtl" if is_rtl(language) else "ltr",
            "last_day": _last_day(survey, language),
            "address": channels.channel_url(channel),
            "short_address": channels.short_channel_url(channel),
        }
        return _pdf("print/sheet.html", context, channel)


def _pdf(template: str, context: dict[str, object], channel: Channel) -> bytes:
    return render_pdf(render_to_string(template, context), images={"qr.svg": channels.qr_svg(channel)})


def _text(survey: Survey, language: str) -> PosterText:
    asked = survey.guiding_question.text if survey.guiding_question else survey.title
    question = in_language(asked, language) if language == SOURCE else asked.get(language, "")
    return PosterText(language, question, _last_day(survey, language))


def _last_day(survey: Survey, language: str) -> str:
    """The last day of the open wave, or else of the next planned one; empty if there is none."""
    coming = Wave.objects.filter(survey=survey, closed_at__isnull=True, closes_on__gte=timezone.localdate())
    wave = coming.order_by("opens_on").first()
    return Period.from_day(wave.closes_on).label(language) if wave and wave.closes_on else ""

"""What is put up and handed out: a poster with a QR code, and the form on paper. Made when asked for."""

from collections.abc import Callable
from dataclasses import dataclass

from django.core.cache import cache
from django.template.loader import render_to_string
from django.utils import timezone, translation

from ostberga.lib.periods import Period
from ostberga.lib.translations.languages import LANGUAGES, SOURCE, in_language, is_rtl
from reports.rendering.pdf import render_pdf
from surveys.fielding import channels
from surveys.models import Channel, Survey, Wave
from surveys.questionnaire.answer_form import SurveyAnswerForm
from surveys.questionnaire.survey_definition import load_definition

# Seconds a made PDF is kept. Its key holds the form's version, so an edit makes a new one at once.
KEEP = 24 * 3600


@dataclass(frozen=True)
class PosterText:
    """The guiding question in one language, and the last day to answer as it is said there."""

    language: str
    question: str
    last_day: str

    @property
    def direction(self) -> str:
        """How it is read."""
        return "rtl" if is_rtl(self.language) else "ltr"

    @property
    def length(self) -> str:
        """How large it can be set: a short question is seen from farther away."""
        return "short" if len(self.question) <= 60 else "middling" if len(self.question) <= 130 else "long"


def render_poster(channel: Channel) -> bytes:
    """An A4 poster for the place, as an accessible PDF."""
    return _kept("render_poster", channel, SOURCE, lambda: _poster(channel))


def render_sheet(channel: Channel, language: str) -> bytes:
    """The whole form on paper in one language, with lines and boxes, as an accessible PDF."""
    return _kept("render_sheet", channel, language, lambda: _sheet(channel, language))


def _kept(kind: str, channel: Channel, language: str, make: Callable[[], bytes]) -> bytes:
    survey = channel.survey
    today = timezone.localdate().isoformat()  # a last day that has passed is no longer printed
    key = f"{kind}:{channel.pk}:{survey.definition_version}:{survey.collaboration.public_version}:{language}:{today}"
    made: bytes | None = cache.get(key)
    if made is None:
        made = make()
        cache.set(key, made, KEEP)
    return made


def _poster(channel: Channel) -> bytes:
    survey = channel.survey
    texts = [_text(survey, code) for code in LANGUAGES if code in survey.languages or code == SOURCE]
    shown = {
        "channel": channel,
        "collaboration": survey.collaboration,
        "swedish": texts[0],
        "others": [text for text in texts[1:] if text.question],
        "texts": texts,
        "address": channels.channel_url(channel),
        "short_address": channels.short_channel_url(channel),
    }
    return _pdf("print/poster.html", shown, channel)


def _sheet(channel: Channel, language: str) -> bytes:
    survey = channel.survey
    with translation.override(language):
        shown = {
            "channel": channel,
            "collaboration": survey.collaboration,
            "form": SurveyAnswerForm(load_definition(survey), language=language),
            "language": language,
            "direction": "rtl" if is_rtl(language) else "ltr",
            "last_day": _last_day(survey, language),
            "address": channels.channel_url(channel),
            "short_address": channels.short_channel_url(channel),
        }
        return _pdf("print/sheet.html", shown, channel)


def _pdf(template: str, shown: dict[str, object], channel: Channel) -> bytes:
    return render_pdf(render_to_string(template, shown), images={"qr.svg": channels.qr_svg(channel)})


def _text(survey: Survey, language: str) -> PosterText:
    asked = survey.guiding_question.text if survey.guiding_question else survey.title
    question = in_language(asked, language) if language == SOURCE else asked.get(language, "")
    return PosterText(language, question, _last_day(survey, language))


def _last_day(survey: Survey, language: str) -> str:
    """The last day of the wave that is open, or else of the one planned next; empty when there is none to come."""
    coming = Wave.objects.filter(survey=survey, closed_at__isnull=True, closes_on__gte=timezone.localdate())
    wave = coming.order_by("opens_on").first()
    return Period.from_day(wave.closes_on).label(language) if wave and wave.closes_on else ""

"""Standard background questions and the agreement and trust scales, in four languages. Pure."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TypedDict

from surveys.rules.questions import SCALE_VALUES
from surveys.rules.roles import Role

Texts = Mapping[str, str]


class OptionData(TypedDict):
    """An option as stored in `Question.options`."""

    value: str
    text: dict[str, str]


@dataclass(frozen=True)
class StandardOption:
    """An answer option: the stored code and its label per language."""

    value: str
    text: Texts


@dataclass(frozen=True)
class BackgroundQuestion:
    """An optional question about the respondent."""

    key: str
    text: Texts
    options: tuple[StandardOption, ...]


def option_data(options: tuple[StandardOption, ...]) -> list[OptionData]:
    """Return the options as stored in `Question.options`."""
    return [{"value": option.value, "text": dict(option.text)} for option in options]


def statement_role(background: str | None) -> Role:
    """Return the role for an answer to the background question about role.

    People who work here do not live here, so they are not counted as «boende»: like «annat» they are unknown.
    """
    return _ROLE_OF.get(background or "", Role.UNKNOWN)


def _texts(sv: str, en: str, so: str, ar: str) -> Texts:
    return {"sv": sv, "en": en, "so": so, "ar": ar}


_ROLE_OF = {
    "boende": Role.RESIDENT,
    "forening": Role.ASSOCIATION,
    "naringsliv": Role.BUSINESS,
    "fortroendevald": Role.ELECTED,
    "tjansteperson": Role.OFFICIAL,
}

_ROLE = BackgroundQuestion(
    "role",
    _texts("Vem svarar du som?", "Who are you answering as?", "Yaad tahay markaad jawaabayso?", "بأي صفة تجيب؟"),
    (
        StandardOption("boende", _texts("Jag bor här", "I live here", "Halkan ayaan degganahay", "أسكن هنا")),
        StandardOption(
            "arbetar_har", _texts("Jag arbetar här", "I work here", "Halkan ayaan ka shaqeeyaa", "أعمل هنا")
        ),
        StandardOption(
            "forening",
            _texts(
                "Jag är med i en förening", "I belong to an association", "Urur ayaan ka tirsanahay", "أنا عضو في جمعية"
            ),
        ),
        StandardOption(
            "naringsliv", _texts("Jag driver företag", "I run a business", "Ganacsi ayaan leeyahay", "لدي عمل تجاري")
        ),
        StandardOption(
            "fortroendevald",
            _texts(
                "Jag är förtroendevald",
                "I am an elected representative",
                "Waxaan ahay qof la doortay",
                "أنا ممثل منتخب",
            ),
        ),
        StandardOption(
            "tjansteperson",
            _texts("Jag är tjänsteperson", "I am a public official", "Waxaan ahay shaqaale dawladeed", "أنا موظف عام"),
        ),
        StandardOption("annat", _texts("Annat", "Something else", "Wax kale", "غير ذلك")),
    ),
)

_AGE_BAND = BackgroundQuestion(
    "age_band",
    _texts("Hur gammal är du?", "How old are you?", "Immisa jir ayaad tahay?", "كم عمرك؟"),
    (
        StandardOption("under_16", _texts("Under 16 år", "Under 16", "Ka yar 16 sano", "أقل من 16 سنة")),
        StandardOption("16_24", _texts("16–24 år", "16–24", "16–24 sano", "16–24 سنة")),
        StandardOption("25_44", _texts("25–44 år", "25–44", "25–44 sano", "25–44 سنة")),
        StandardOption("45_64", _texts("45–64 år", "45–64", "45–64 sano", "45–64 سنة")),
        StandardOption("65_plus", _texts("65 år eller äldre", "65 or older", "65 sano ama ka weyn", "65 سنة أو أكثر")),
    ),
)

_GENDER = BackgroundQuestion(
    "gender",
    _texts(
        "Är du kvinna eller man?",
        "Are you a woman or a man?",
        "Ma waxaad tahay haween mise rag?",
        "هل أنت امرأة أم رجل؟",
    ),
    (
        StandardOption("kvinna", _texts("Kvinna", "Woman", "Haween", "امرأة")),
        StandardOption("man", _texts("Man", "Man", "Rag", "رجل")),
        StandardOption(
            "annat",
            _texts(
                "Annat, eller vill inte säga",
                "Other, or rather not say",
                "Wax kale, ama ma rabo inaan sheego",
                "غير ذلك، أو أفضّل عدم الإجابة",
            ),
        ),
    ),
)

_YEARS_HERE = BackgroundQuestion(
    "years_here",
    _texts(
        "Hur länge har du bott här?",
        "How long have you lived here?",
        "Intee in le'eg ayaad halkan degganayd?",
        "منذ متى تسكن هنا؟",
    ),
    (
        StandardOption("under_5", _texts("Mindre än 5 år", "Less than 5 years", "In ka yar 5 sano", "أقل من 5 سنوات")),
        StandardOption("5_14", _texts("5–14 år", "5–14 years", "5–14 sano", "5–14 سنة")),
        StandardOption(
            "15_plus", _texts("15 år eller längre", "15 years or longer", "15 sano ama ka badan", "15 سنة أو أكثر")
        ),
        StandardOption(
            "bor_inte_har", _texts("Jag bor inte här", "I do not live here", "Halkan ma degani", "لا أسكن هنا")
        ),
    ),
)

BACKGROUND_QUESTIONS: dict[str, BackgroundQuestion] = {
    question.key: question for question in (_ROLE, _AGE_BAND, _GENDER, _YEARS_HERE)
}

_DONT_KNOW = _texts("Vet inte", "Don't know", "Ma garanayo", "لا أعرف")
_AGREEMENT = (
    _texts("Instämmer inte alls", "Do not agree at all", "Gebi ahaanba kuma raacsani", "لا أوافق إطلاقاً"),
    _texts("Instämmer till liten del", "Agree a little", "In yar ayaan ku raacsanahay", "أوافق قليلاً"),
    _texts("Varken eller", "Neither", "Labadaba maya", "لا هذا ولا ذاك"),
    _texts("Instämmer till stor del", "Agree to a large extent", "In badan ayaan ku raacsanahay", "أوافق إلى حد كبير"),
    _texts("Instämmer helt", "Agree completely", "Gebi ahaanba waan ku raacsanahay", "أوافق تماماً"),
    _DONT_KNOW,
)
_TRUST = (
    _texts("Mycket lågt", "Very low", "Aad u hooseeya", "منخفضة جداً"),
    _texts("Lågt", "Low", "Hooseeya", "منخفضة"),
    _texts("Varken stort eller lågt", "Neither high nor low", "Mid sare iyo mid hoose midna", "لا كبيرة ولا منخفضة"),
    _texts("Stort", "High", "Sarreeya", "كبيرة"),
    _texts("Mycket stort", "Very high", "Aad u sarreeya", "كبيرة جداً"),
    _DONT_KNOW,
)

SCALE = tuple(StandardOption(value, text) for value, text in zip(SCALE_VALUES, _AGREEMENT, strict=True))
TRUST_SCALE = tuple(StandardOption(value, text) for value, text in zip(SCALE_VALUES, _TRUST, strict=True))

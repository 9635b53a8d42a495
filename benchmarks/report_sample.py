"""A sample report with any number of quotes, in four languages, spread over themes and polarities."""

from reports.rules import findings

QUOTES = (
    ("sv", "När lamporna är släckta vid stråket går jag hellre runt hela kvarteret.", ""),
    ("en", "The path is fine until the lights go off.", "Gången är bra tills lamporna släcks."),
    ("ar", "الممر بين العمارات مظلم في المساء، لذلك أختار طريقاً أطول.", "Gången är mörk på kvällen."),
    ("so", "Waan jeclahay beerta, halkaas ayaan ku bartay deriskayga.", "Jag tycker om odlingen."),
)
PER_PERSPECTIVE, PER_THEME = 6, 5


def sample(quotes: int) -> findings.Findings:
    """Return the findings of a report with that many quotes."""
    perspectives = [_perspective(key, min(PER_PERSPECTIVE, quotes - key)) for key in range(0, quotes, PER_PERSPECTIVE)]
    themes = [
        _theme(place, perspectives[place : place + PER_THEME]) for place in range(0, len(perspectives), PER_THEME)
    ]
    text = "\n\n".join(["Vi frågade människor vad som ger trivsel och trygghet. " * 4] * 3)
    rows = tuple(findings.HeardRow(name, "hörda", 20, "20") for name in ("Boende", "Tjänstepersoner", "Föreningar"))
    table = findings.HeardTable("role", "Vilka vi har hört, efter roll", "Roll", "Hörda?", rows, "60", "")
    return findings.Findings(
        **dict.fromkeys(("background", "method", "connections", "can_influence", "limitations", "next_steps"), text),
        **dict.fromkeys(("collaboration", "area", "controller", "contact", "wave", "period"), "Östberga"),
        schema=findings.SCHEMA,
        title="Så säger vi",
        subtitle="Ett prov",
        version=1,
        made_on="2026-11-01",
        is_demo=True,
        minimum_group=6,
        guiding_question="Vad ger trivsel?",
        summary=text,
        summaries=(),
        heard=findings.HeardFinding("60", 20, 20, (table,), ()),
        themes=tuple(themes),
        links=(),
        comments=(),
        questions=(),
        left_out=(),
    )


def _perspective(key: int, number: int) -> findings.PerspectiveFinding:
    quotes = tuple(_quote(key + place) for place in range(number))
    link = findings.IssueLink("Belysning", "/ostberga/fragor/belysning/")
    return findings.PerspectiveFinding(
        key, f"Vi som ser sak {key}", "Vad det rymmer.", False, "Hörts från 2 av 5 grupper", quotes, (link,), ()
    )


def _quote(place: int) -> findings.QuoteFinding:
    language, text, translation = QUOTES[place % len(QUOTES)]
    return findings.QuoteFinding(str(place), text, language, translation, bool(translation), False, False, "Boende")


def _theme(place: int, perspectives: list[findings.PerspectiveFinding]) -> findings.ThemeFinding:
    """Return a theme whose first two perspectives are a pair of opposites."""
    pair = [findings.PerspectiveBlock(tuple(perspectives[:2]), "Två sidor")] if len(perspectives) > 1 else []
    alone = [findings.PerspectiveBlock((perspective,), "") for perspective in perspectives[2 * len(pair) :]]
    return findings.ThemeFinding(f"Tema {place}", "Några meningar.", tuple(pair + alone))

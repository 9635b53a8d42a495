"""Composing a report: pre-filled contents, texts, choices, and concurrent edits."""

import re

import pytest
from django.forms import Form
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from actors.models import Collaboration, User
from reports.composing import new_report
from reports.models import Report, ReportQuote
from surveys.models import Attachment
from tests import factories as make
from tests.conftest import Browse
from tests.reports.conftest import ReportStory, say

pytestmark = pytest.mark.django_db


def at(name: str, story: ReportStory, *more: object) -> str:
    return reverse(f"coordinate:{name}", args=["ostberga", story.report.pk, *more])


def typed(browser: Client, story: ReportStory, **changes: str) -> dict[str, str]:
    """POST data of the form of texts, with changes."""
    form = browser.get(at("report-texts", story)).context["form"]
    return values(form) | changes


def values(form: Form) -> dict[str, str]:
    """The values of a form's fields, as POST data."""
    held = {name: form[name].value() for name in form.fields}
    return {name: "" if value is None else str(value) for name, value in held.items()}


def test_a_new_report_comes_filled_with_what_has_been_coded(ake: User, story: ReportStory, browse: Browse) -> None:
    page = browse(ake).post(reverse("coordinate:reports", args=["ostberga"]), {"title": "Höst", "wave": story.wave.pk})
    report = Report.objects.get(slug="host")

    assert page.url == report.get_workshop_url()  # type: ignore[attr-defined]
    assert [str(row) for row in report.chosen_themes.get().chosen_perspectives.all()] == [
        str(story.lamps),
        str(story.sleep),
    ]
    assert report.question_guide == "Vad tycker du?"


def test_two_reports_of_one_name_have_two_addresses(ake: User, story: ReportStory, browse: Browse) -> None:
    browse(ake).post(reverse("coordinate:reports", args=["ostberga"]), {"title": "Så säger vi", "wave": story.wave.pk})

    assert {report.slug for report in Report.objects.all()} == {"sa-sager-vi", "sa-sager-vi-2"}


def test_the_report_says_in_words_what_is_missing(ake: User, story: ReportStory, browse: Browse) -> None:
    page = browse(ake).get(story.report.get_workshop_url())

    assert "Sammanfattning saknas ännu." in page.text
    assert "Ingen har läst utkastet" in page.text


def test_texts_are_kept_with_who_wrote_them(ake: User, story: ReportStory, browse: Browse) -> None:
    browser = browse(ake)
    browser.post(at("report-texts", story), typed(browser, story, summary="Det är mörkt.", summary_ar="الممر مظلم"))
    report = Report.objects.get()

    assert (report.summary, report.summary_translations, report.edited_by) == (
        "Det är mörkt.",
        {"ar": "الممر مظلم"},
        ake,
    )


def test_the_summary_is_asked_for_in_the_languages_of_the_collaboration(
    ake: User, story: ReportStory, browse: Browse
) -> None:
    """What is written in another language already can still be read and changed."""
    Collaboration.objects.update(languages=["sv", "so"])
    Report.objects.update(summary="Det är mörkt.", summary_translations={"ar": "الممر مظلم"})
    browser = browse(ake)
    fields = browser.get(at("report-texts", story)).context["form"].fields
    browser.post(at("report-texts", story), typed(browser, story, summary_so="Waa mugdi."))

    assert [name for name in fields if name.startswith("summary_")] == ["summary_so", "summary_ar"]
    assert Report.objects.get().summary_translations == {"so": "Waa mugdi.", "ar": "الممر مظلم"}


def test_two_tabs_do_not_overwrite_each_other(ake: User, story: ReportStory, browse: Browse) -> None:
    browser = browse(ake)
    first, second = (
        typed(browser, story, summary="Från ena fliken."),
        typed(browser, story, summary="Från andra fliken."),
    )
    browser.post(at("report-texts", story), first)
    page = browser.post(at("report-texts", story), second)

    assert page.status_code == 422
    assert [str(field.label) for field in page.context["form"].conflicting] == ["Sammanfattning"]
    assert page.text.index("Från ena fliken.") < page.text.index("Från andra fliken.")
    assert Report.objects.get().summary == "Från ena fliken."

    browser.post(at("report-texts", story), values(page.context["form"]))
    assert Report.objects.get().summary == "Från andra fliken."


def test_a_quote_that_somebody_removed_does_not_come_back_with_an_old_page(
    ake: User, disa: User, story: ReportStory, browse: Browse
) -> None:
    theme = story.report.chosen_themes.get()
    path, rows = at("report-theme", story, theme.pk), ReportQuote.objects.filter(chosen_perspective__chosen_theme=theme)
    form = browse(disa).get(path).context["form"]
    old = {**form.initial, "shown": form["shown"].value(), "introduction": "Disas inledning."}
    removed = rows.first()
    assert removed is not None
    gone = f"{removed.chosen_perspective.perspective_id}:{removed.statement_id}"
    now = {**old, "introduction": "", "quote": [key for key in old["quote"] if key != gone]}
    browse(ake).post(path, now)
    browse(disa).post(path, old)
    theme.refresh_from_db()

    assert not rows.filter(statement=removed.statement).exists()
    assert (rows.count(), theme.introduction) == (len(old["quote"]) - 1, "Disas inledning.")


def test_nothing_typed_is_lost_on_an_error(ake: User, story: ReportStory, browse: Browse) -> None:
    browser = browse(ake)
    page = browser.post(at("report-texts", story), typed(browser, story, title="", summary="Lång text."))

    assert page.status_code == 422
    assert "Lång text." in page.text


def test_quotes_and_perspectives_are_chosen_with_boxes_and_ordered_with_buttons(
    ake: User, story: ReportStory, browse: Browse
) -> None:
    theme = story.report.chosen_themes.get()
    lamps, sleep = theme.chosen_perspectives.all()
    ticked = {"perspective": [story.lamps.pk, story.sleep.pk], "quote": f"{story.lamps.pk}:{story.about_lamps.pk}"}
    page = browse(ake).post(
        at("report-theme", story, theme.pk), {**ticked, "introduction": "Om ljus.", "do": f"up:perspective:{sleep.pk}"}
    )

    assert page.url.endswith(f"#perspective-{sleep.pk}")  # type: ignore[attr-defined]
    assert list(theme.chosen_perspectives.all()) == [sleep, lamps]
    assert [quote.statement for quote in lamps.quotes.all()] == [story.about_lamps]
    assert Report.objects.get().chosen_themes.get().introduction == "Om ljus."


def test_only_what_may_be_quoted_is_offered(ake: User, story: ReportStory, browse: Browse) -> None:
    say(story.wave, ake, "Hemligt om port 14.", story.lamps, state="set_aside")
    page = browse(ake).get(at("report-theme", story, story.report.chosen_themes.get().pk))

    assert "Sätt upp fler lampor" in page.text
    assert "Hemligt" not in page.text


def test_a_theme_is_left_out_and_put_back(ake: User, story: ReportStory, browse: Browse) -> None:
    browser = browse(ake)
    chosen = story.report.chosen_themes.get()
    browser.post(at("report-theme-change", story, chosen.pk, "ta-bort"))
    assert not story.report.chosen_themes.exists()

    browser.post(at("report-theme-add", story, story.light.pk))
    assert story.report.chosen_themes.get().theme == story.light


def test_who_was_heard_is_shown_as_table_and_bars(ake: User, story: ReportStory, browse: Browse) -> None:
    page = browse(ake).get(at("report-heard", story))

    assert '<th scope="row">Förtroendevalda</th><td>få hörda</td><td class="num">färre än 6</td>' in page.text
    assert "De som saknas" in page.text


@pytest.mark.parametrize("name", ["report", "report-texts", "report-heard", "report-contents", "report-connections"])
@pytest.mark.parametrize("who", ["stranger", "tova", None])
def test_nobody_else_sees_a_report_being_made(
    who: str | None, name: str, story: ReportStory, browse: Browse, request: pytest.FixtureRequest
) -> None:
    page = browse(request.getfixturevalue(who) if who else None).get(at(name, story))

    assert page.status_code == (404 if who else 302)


def test_a_quote_that_rests_on_two_perspectives_is_picked_for_one(story: ReportStory, ake: User) -> None:
    Attachment.objects.create(statement=story.about_lamps, perspective=story.sleep, attached_by=ake)
    report = new_report.create_report(dialogue=story.report.dialogue, wave=story.wave, title="Igen", by=ake)

    picked = [quote.statement for quote in ReportQuote.objects.filter(chosen_perspective__chosen_theme__report=report)]

    assert story.about_lamps in picked
    assert len(picked) == len(set(picked)) == 4


def test_a_perspective_whose_only_words_stand_elsewhere_still_has_them(story: ReportStory, ake: User) -> None:
    alone = make.perspective(story.light.collaboration, ake, "Vi som går där")
    story.light.placements.create(perspective=alone, position=9)
    Attachment.objects.create(statement=story.about_lamps, perspective=alone, attached_by=ake)

    report = new_report.create_report(dialogue=story.report.dialogue, wave=story.wave, title="Igen", by=ake)

    placed = report.chosen_themes.get().chosen_perspectives.get(perspective=alone)
    assert [quote.statement for quote in placed.quotes.all()] == [story.about_lamps]


def test_a_theme_that_nobody_spoke_of_does_not_come_along(story: ReportStory, ake: User) -> None:
    make.theme(story.light.collaboration, "Bussar")
    report = new_report.create_report(dialogue=story.report.dialogue, wave=story.wave, title="Igen", by=ake)

    assert [chosen.theme for chosen in report.chosen_themes.all()] == [story.light]


def test_what_publishing_needs_is_not_called_voluntary(ake: User, story: ReportStory, browse: Browse) -> None:
    page = browse(ake).get(at("report-texts", story)).text

    assert re.findall(r"<label[^>]*>(\w+) <span[^>]*>\(behövs för att publicera\)", page) == [
        "Sammanfattning",
        "Metod",
        "Begränsningar",
    ]


def test_a_report_that_is_out_by_now_says_so_before_its_texts_change(
    ake: User, story: ReportStory, browse: Browse
) -> None:
    browser, report = browse(ake), story.report
    old_tab = typed(browser, story, summary="Skrivet i en gammal flik.")
    report.publication = report.dialogue.published_reports.create(
        title=report.title, slug=report.slug, published_at=timezone.now()
    )
    report.save()

    page = browser.post(at("report-texts", story), old_tab)
    report.refresh_from_db()

    assert (page.status_code, report.summary == "Skrivet i en gammal flik.") == (422, False)
    assert "Nu: rapporten är publicerad." in page.text
    assert "Skrivet i en gammal flik." in page.text

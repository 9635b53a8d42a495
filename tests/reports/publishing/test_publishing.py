"""Publishing, correcting and withdrawing a report; withdrawn quotes are never shown."""

import pytest
from django.core.cache import cache
from django.test import Client
from django.urls import reverse

from actors.models import SecurityEvent, User
from dialogue.staircase.gate_facts import facts_of
from ostberga.lib.refusal import Refusal
from reports.composing import theme_contents
from reports.findings.gathering import gather_findings
from reports.models import Reading, Report, ReportVersion
from reports.publishing.version_requests import request_version
from reports.rendering import render_job
from surveys.codebook import perspectives
from surveys.models import Statement
from surveys.statements import reviewing
from tests import factories as make
from tests.conftest import Browse
from tests.reports.conftest import ReportStory, hear

pytestmark = pytest.mark.django_db
PAGE = "/ostberga/rapporter/sa-sager-vi/"
PDF = f"{PAGE}rapport.pdf"


def correct(story: ReportStory, ake: User, what: str) -> ReportVersion:
    """Render another version and publish it as a correction."""
    version = request_version(story.report, ake)
    render_job.render_version(version.pk)
    version.publish(ake, correction=what)
    return version


def test_nothing_is_public_before_it_is_published(finished: ReportVersion, amina: Client) -> None:
    assert amina.get(PAGE).status_code == 404
    assert amina.get(PDF).status_code == 404
    assert (
        amina.get(reverse("coordinate:report-draft", args=["ostberga", finished.pk, "rapport.pdf"])).status_code == 302
    )


@pytest.mark.parametrize("who", ["stranger", "tova"])
def test_a_draft_is_for_the_coordinator_only(
    who: str, finished: ReportVersion, ake: User, browse: Browse, request: pytest.FixtureRequest
) -> None:
    address = reverse("coordinate:report-draft", args=["ostberga", finished.pk, "rapport.pdf"])

    assert browse(request.getfixturevalue(who)).get(address).status_code == 404
    assert browse(ake).get(address)["Cache-Control"] == "private, no-store"


def test_taking_out_a_draft_is_logged_with_its_version(finished: ReportVersion, ake: User, browse: Browse) -> None:
    for name in ("rapport.pdf", "role.svg"):  # the picture is on the page
        browse(ake).get(reverse("coordinate:report-draft", args=["ostberga", finished.pk, name]))

    event = SecurityEvent.objects.get(kind="exported")
    assert (event.who, event.object_type, event.object_key) == (ake, "reports.reportversion", str(finished.pk))


def test_residents_read_the_report_and_download_it(published: ReportVersion, amina: Client) -> None:
    page = amina.get(PAGE)
    pdf = amina.get(PDF)

    assert "Sätt upp fler lampor vid stråket." in page.text
    assert pdf.getvalue().startswith(b"%PDF-")
    assert amina.get(PDF, headers={"If-None-Match": pdf["ETag"]}).status_code == 304
    assert amina.get(f"{PAGE}role.svg")["Content-Type"] == "image/svg+xml"


def test_in_arabic_the_summary_comes_first_and_the_report_is_marked_as_swedish(
    published: ReportVersion, amina: Client
) -> None:
    page = amina.get(f"/ar{PAGE}")

    assert 'dir="rtl"' in page.text
    assert '<article class="report__document flow" lang="sv" dir="ltr">' in page.text


def test_issues_know_that_they_are_in_it(published: ReportVersion, written: ReportStory) -> None:
    assert [str(report) for report in written.issue.reports.all()] == ["Så säger vi"]
    assert facts_of([written.issue.pk])[written.issue.pk].in_published_report


def test_a_report_that_lacks_what_residents_need_is_not_published(story: ReportStory, ake: User) -> None:
    version = request_version(story.report, ake)
    render_job.render_version(version.pk)
    with pytest.raises(Refusal, match="saknar sammanfattning, metod och begränsningar"):
        version.publish(ake)


def test_a_correction_says_what_was_corrected(
    published: ReportVersion, written: ReportStory, ake: User, amina: Client
) -> None:
    with pytest.raises(Refusal, match="vad som har rättats"):
        correct(written, ake, "")
    ReportVersion.objects.filter(number=2).delete()
    correct(written, ake, "Rätt antal samtal.")

    page = amina.get(PAGE)
    assert "Rätt antal samtal." in page.text
    assert written.report.publication is not None
    assert written.report.publication.version == 2


def test_an_older_version_can_not_replace_a_later(published: ReportVersion, written: ReportStory, ake: User) -> None:
    correct(written, ake, "Rättat.")
    with pytest.raises(Refusal, match="senare version"):
        published.publish(ake, correction="Tillbaka.")


def test_a_quote_taken_back_vanishes_at_once_and_the_coordinator_is_told(
    published: ReportVersion, written: ReportStory, ake: User, amina: Client, browse: Browse
) -> None:
    Statement.objects.filter(pk=written.about_lamps.pk).update(state="quarantined", state_note="Pekar ut någon.")
    cache.clear()
    page = amina.get(PAGE)

    assert "Sätt upp fler lampor" not in page.text
    assert "Citatet har tagits bort." in page.text
    assert amina.get(PDF).status_code == 503
    assert "får inte längre visas" in browse(ake).get(written.report.get_workshop_url()).text


def test_kept_pages_are_made_anew_also_when_the_quote_rests_nowhere_today(
    published: ReportVersion, written: ReportStory, ake: User
) -> None:
    perspectives.detach(statement=written.about_lamps, perspective=written.lamps, by=ake)
    collaboration = written.report.dialogue.collaboration
    collaboration.refresh_from_db()
    before = collaboration.public_version

    reviewing.quarantine(statement=written.about_lamps, note="Pekar ut någon.", by=ake)
    collaboration.refresh_from_db()
    assert collaboration.public_version > before


def test_a_version_with_a_quote_taken_back_is_not_published(
    finished: ReportVersion, written: ReportStory, ake: User
) -> None:
    Statement.objects.filter(pk=written.about_lamps.pk).update(state="set_aside")
    with pytest.raises(Refusal, match="får inte längre visas"):
        finished.publish(ake)


def test_a_withdrawn_report_says_why_and_its_pdf_is_gone(
    published: ReportVersion, written: ReportStory, ake: User, amina: Client, browse: Browse
) -> None:
    browse(ake).post(
        reverse("coordinate:report-withdraw", args=["ostberga", written.report.pk]), {"reason": "Fel omgång."}
    )
    page = amina.get(PAGE)

    assert "Fel omgång." in page.text
    assert "Sätt upp fler lampor" not in page.text
    assert amina.get(PDF).status_code == 410
    assert not facts_of([written.issue.pk])[written.issue.pk].in_published_report
    assert "Tillbakadragen" in amina.get("/ostberga/rapporter/").text


def test_withdrawing_without_a_reason_keeps_the_report(
    published: ReportVersion, written: ReportStory, ake: User, browse: Browse
) -> None:
    page = browse(ake).post(
        reverse("coordinate:report-withdraw", args=["ostberga", written.report.pk]), {"reason": " "}
    )

    assert page.status_code == 422
    assert Report.objects.get().is_public


def test_the_coordinator_publishes_from_the_page_of_the_version(
    finished: ReportVersion, written: ReportStory, ake: User, amina: Client, browse: Browse
) -> None:
    browse(ake).post(reverse("coordinate:report-publish", args=["ostberga", finished.pk]))

    assert amina.get(PAGE).status_code == 200
    assert ReportVersion.objects.get().published_by == ake


def test_the_list_is_empty_and_says_what_will_come(talk: object, amina: Client) -> None:
    assert "Ingen rapport än" in amina.get("/ostberga/rapporter/").text


def test_a_report_with_an_empty_theme_is_not_published(written: ReportStory, ake: User) -> None:
    bus = make.theme(written.light.collaboration, "Bussar")
    theme_contents.add_theme(report=written.report, theme=bus)
    version = request_version(written.report, ake)
    render_job.render_version(version.pk)

    with pytest.raises(Refusal, match="saknar perspektiv under temat Bussar"):
        version.publish(ake)


def test_the_pdf_is_saved_or_opened(published: ReportVersion, amina: Client, ake: User, browse: Browse) -> None:
    draft = reverse("coordinate:report-draft", args=["ostberga", published.pk, "rapport.pdf"])

    assert f'href="{PDF}?ladda-ner"' in amina.get(PAGE).text
    for reader, address in ((amina, PDF), (browse(ake), draft)):
        assert reader.get(address)["Content-Disposition"].startswith("inline")
        assert reader.get(f"{address}?ladda-ner")["Content-Disposition"].startswith("attachment")


def test_once_it_is_out_the_page_leads_on_to_the_issues(
    finished: ReportVersion, written: ReportStory, ake: User, browse: Browse
) -> None:
    page = browse(ake)
    before = page.get(written.report.get_workshop_url()).text
    finished.publish(ake)
    after = page.get(written.report.get_workshop_url()).text

    assert "Version 1 är färdig" in before
    assert "Rapporten är ute" in after
    assert reverse("coordinate:issue", args=["ostberga", written.issue.pk]) in after
    assert "Gör en ny version" in after


def test_a_correction_tells_the_same_numbers_although_more_were_heard(
    written: ReportStory, published: ReportVersion, ake: User
) -> None:
    hear(written.wave, ake, association=7, elected=4)

    corrected = correct(written, ake, "Rättat ett namn.")
    assert corrected.frozen.heard == published.frozen.heard
    assert gather_findings(written.report, number=9, on=written.wave.opens_on).heard == published.frozen.heard
    named = {perspective.breadth for theme in corrected.frozen.themes for perspective in theme.perspectives}
    assert not any("förtroendevalda" in words for words in named)


def test_what_readers_of_a_draft_were_shown_is_not_counted_again(
    written: ReportStory, finished: ReportVersion, ake: User
) -> None:
    Reading.invite(finished, "Öppna förskolan", ake)
    hear(written.wave, ake, association=30)

    assert gather_findings(written.report, number=9, on=written.wave.opens_on).heard == finished.frozen.heard


def test_before_anything_is_published_the_numbers_are_counted_again(written: ReportStory, ake: User) -> None:
    before = gather_findings(written.report, number=1, on=written.wave.opens_on).heard
    hear(written.wave, ake, association=30)

    assert gather_findings(written.report, number=1, on=written.wave.opens_on).heard.people != before.people


def test_a_version_without_findings_is_told_in_words_and_breaks_no_page(
    published: ReportVersion, ake: User, browse: Browse, amina: Client
) -> None:
    workshop = reverse("coordinate:report-version", args=["ostberga", published.pk])
    public = reverse("reports:report", args=["ostberga", published.report.slug])
    type(published).objects.update(findings={})
    published.report.dialogue.collaboration.bump_public_version()

    assert browse(ake).get(workshop).status_code == 200
    assert (amina.get(public).status_code, "har inget underlag" in amina.get(public).text) == (409, True)
    assert amina.get(f"{public}rapport.pdf").status_code in (200, 503)

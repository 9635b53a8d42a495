"""Åke brings in what the office has: a codebook, coded statements, conversations."""

import io
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from uuid import uuid4

import openpyxl
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from ostberga.lib.refusal import Refusal
from surveys.codebook import perspectives
from surveys.fielding.wave_planning import count_by_wave
from surveys.importing.columns.layout import ImportSource
from surveys.lists import list_import
from surveys.lists.cells import read_number
from surveys.lists.declared import BadCell, ListContext
from surveys.lists.kinds.codebook import CODEBOOK
from surveys.lists.kinds.conversations import CONVERSATIONS
from surveys.lists.list_import import MOST_ROWS
from surveys.lists.list_rows import ListOutcome
from surveys.models import Attachment, Heard, Interview, ListImport, Perspective, Statement, Theme
from surveys.statements.sources import Source
from tests import factories as make

TALKS = (
    "Datum\tSätt\tPlats\tBoende\tAntal\tAnteckningar\n"
    "2026-10-12\tGruppsamtal\tBiblioteket\t4\t1\tMer ljus\n2026-10-13\ttelefon\t\t1\t\tEn bänk"
)


def outcomes(page):
    return [(row.outcome.value, " ".join(row.reasons)) for row in page.context["run"].rows]


def test_nothing_is_stored_before_it_is_seen(bring):
    page = bring("kodbok", "Perspektiv\nVi som vill ha ljus")

    assert "1 av 1 rader går att spara" in page.text
    assert not Perspective.objects.exists()


def test_a_codebook_comes_in_with_its_themes_once(bring):
    text = "Kod\tDefinition\tTema\tNej-röst\nVi som vill ha ljus\tLampor\tTrygghet; Ljus\tja\n"
    text += "Vi som vill ha mörker\t\tLjus\tnej"
    bring("kodbok", text, is_stored=True)
    light, dark = Perspective.objects.order_by("pk")

    assert (str(light), light.description, light.is_dissenting, dark.is_dissenting) == (
        "Vi som vill ha ljus", "Lampor", True, False,
    )  # fmt: skip
    assert {str(theme): len(theme.current_perspectives()) for theme in Theme.objects.all()} == {
        "Trygghet": 1,
        "Ljus": 2,
    }
    assert outcomes(bring("kodbok", text)) == [("left", "Finns redan.")] * 2


def test_each_row_that_is_wrong_says_why(bring):
    page = bring("kodbok", f"Kod\tNej-röst\tEget\n\tja\nVi som\tkanske\n{'å' * 301}\n\nVi som kan\tx\tmin")

    assert outcomes(page) == [
        ("refused", "Perspektiv saknas."),
        ("refused", "Nej-röst: skriv ja eller nej, inte «kanske»."),
        ("refused", "Perspektiv: texten är för lång: 301 tecken, högst 300."),
        ("blank", ""),
        ("stored", ""),
    ]
    assert "Kolumner som hoppas över: Eget." in page.text


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("Något\nVi", "Ingen kolumn är Perspektiv"),
        ("Kod", "Det finns inga rader"),
        ("Kod\n" + "x\n" * (MOST_ROWS + 1), f"Högst {MOST_ROWS} rader"),
    ],
)
def test_what_cannot_be_judged_is_told(bring, text, said):
    page = bring("kodbok", text)

    assert page.status_code == 422
    assert said in page.text


def test_what_was_not_shown_is_not_stored(bring, browse, ake):
    address = reverse("coordinate:bring-kodbok-store", args=["ostberga"])
    page = browse(ake).post(address, {"text": "Kod\nVi som vill", "seen": "annat"})

    assert page.status_code == 409
    assert not Perspective.objects.exists()


def test_conversations_come_in_with_who_was_heard_and_the_same_ones_once(bring, autumn):
    page = bring("samtal", TALKS, is_stored=True)
    group, phone = Interview.objects.order_by("held_on")

    assert "2 samtal är sparade" in page.text
    assert (group.mode, group.place, group.notes, phone.mode) == ("group", "Biblioteket", "Mer ljus", "phone")
    assert dict(Heard.objects.filter(interview=group).values_list("role", "number")) == {"resident": 4, "unknown": 1}
    assert outcomes(bring("samtal", TALKS)) == [("left", "Finns redan.")] * 2


def test_a_conversation_with_nobody_or_on_a_day_to_come_is_refused(bring):
    page = bring("samtal", "Datum\tAnteckningar\tAntal\n2026-10-12\tMer ljus\t\n2090-01-01\tMer ljus\t1")

    assert outcomes(page) == [
        ("refused", "Skriv hur många som var med, åtminstone en."),
        ("refused", "Datum: dagen har inte kommit än."),
    ]


def test_earlier_statements_come_in_with_their_codes_and_wait_for_review(bring, codebook, autumn):
    text = "Citat\tKoder\tRoll\nMer ljus, tack\tvi som vill ha ljus; Vi som vill ha mörker\tpolitiker\n"
    text += "Släck\tVi som saknas\t\nBra\t\t"
    page = bring("utsagor", text)
    assert outcomes(page)[1] == (
        "refused",
        "Perspektivet «Vi som saknas» finns inte. Ta in kodboken först, eller skriv som det heter där.",
    )
    bring("utsagor", text, is_stored=True)

    assert sorted(row.raw_text for row in Statement.objects.all()) == ["Bra", "Mer ljus, tack"]
    said = Statement.objects.get(role="elected")
    assert (said.raw_text, said.state, said.attachments.count()) == ("Mer ljus, tack", "raw", 2)
    talk = Interview.objects.get(statements=said)
    assert Source(talk).text[said.span_start : said.span_end] == "Mer ljus, tack"
    assert "Släck" not in talk.notes
    assert not Heard.objects.exists()


def test_what_nobody_has_built_on_is_taken_back_and_the_rest_stays(bring, take_back, ake, autumn):
    bring("kodbok", "Kod\tTema\nVi som vill ha ljus\tLjus\nVi som vill ha mörker\tMörker", is_stored=True)
    used = Perspective.objects.get(title__sv="Vi som vill ha ljus")
    perspectives.attach(statement=make.statement(autumn, by=ake), perspective=used, by=ake)
    page = take_back("kodbok")

    assert "1 används och står kvar" in page.text
    assert [str(kept) for kept in Perspective.objects.all()] == ["Vi som vill ha ljus"]
    assert [str(kept) for kept in Theme.objects.all()] == ["Ljus"]
    assert "Importen är redan tillbakatagen" in take_back("kodbok").text


def test_statements_and_conversations_are_taken_back_unless_somebody_has_read_them(
    bring, codebook, take_back, ake, autumn
):
    bring("utsagor", "Citat\tKod\nMer ljus\tVi som vill ha ljus\nBra\t", is_stored=True)
    take_back("utsagor")
    assert [model.objects.count() for model in (Statement, Attachment, Interview)] == [0, 0, 0]

    ListImport.objects.all().delete()
    bring("samtal", TALKS, is_stored=True)
    make.statement(autumn, by=ake, answer=None, interview=Interview.objects.get(mode="phone"))
    take_back("samtal")
    assert [kept.mode for kept in Interview.objects.all()] == ["phone"]


def test_hidden_rows_formulas_and_merged_cells_are_told(bring, browse, ake):
    book = openpyxl.Workbook()
    sheet = book.worksheets[0]
    for row in (["Kod"], ["Vi som göms"], ["=1+1"], ["Vi som delar"], [None]):
        sheet.append(row)
    sheet.row_dimensions[2].hidden = True
    sheet.merge_cells("A4:A5")
    file = io.BytesIO()
    book.save(file)
    page = bring("kodbok", file=SimpleUploadedFile("kod.xlsx", file.getvalue()))

    assert [outcome for outcome, _ in outcomes(page)][:3] == [
        ListOutcome.LEFT,
        ListOutcome.REFUSED,
        ListOutcome.REFUSED,
    ]
    assert "formel" in outcomes(page)[1][1]
    assert "sammanfogad" in outcomes(page)[2][1]


def test_the_same_page_stores_once(bring, ake, browse, autumn):
    bring("samtal", TALKS, is_stored=True)
    done = ListImport.objects.get()
    again = browse(ake).post(
        reverse("coordinate:bring-samtal-store", args=["ostberga"]),
        {"text": TALKS, "wave": autumn.pk, "key": str(done.pk)},
    )

    assert again.status_code == 302
    assert ListImport.objects.count() == 1
    assert count_by_wave([autumn])[autumn.pk][1] == 2


def test_another_collaboration_s_coordinator_sees_nothing(browse, stranger, form):
    assert browse(stranger).get(reverse("coordinate:bring-kodbok", args=["ostberga"])).status_code == 404


def test_a_page_sent_twice_stores_once_and_shows_the_same_import(bring, browse, ake):
    page = bring("kodbok", "Kod\nVi som vill ha ljus")
    sent = {"text": "Kod\nVi som vill ha ljus", "seen": page.context["run"].fingerprint, "key": str(uuid4())}
    address = reverse("coordinate:bring-kodbok-store", args=["ostberga"])
    first, second = browse(ake).post(address, sent), browse(ake).post(address, sent)

    assert (first.status_code, second.status_code, first.url) == (302, 302, second.url)
    assert ListImport.objects.get().stored == Perspective.objects.count() == 1


@pytest.mark.parametrize("whose", ["another person's", "another kind's"])
def test_a_key_that_is_another_import_s_is_refused(bring, ake, disa, form, whose):
    bring("kodbok", "Kod\nVi som vill ha ljus", is_stored=True)
    done = ListImport.objects.get()
    by, kind = (disa, CODEBOOK) if whose == "another person's" else (ake, CONVERSATIONS)
    context, source = ListContext(form.collaboration, by), ImportSource(text="Kod\nVi som vill ha mörker")

    with pytest.raises(Refusal, match="någon annans import"):
        list_import.store(kind=kind, context=context, source=source, chosen={}, key=done.pk, seen="")


@pytest.mark.django_db(transaction=True)
def test_two_taps_at_once_store_once(ake, form):
    context, source = ListContext(form.collaboration, ake), ImportSource(text="Kod\nVi som vill ha ljus")
    seen = list_import.judge(kind=CODEBOOK, context=context, source=source, chosen={}).fingerprint
    key, both = uuid4(), Barrier(2)

    def send(_):
        try:
            both.wait()
            mine = ListContext(form.collaboration, ake)
            list_import.store(kind=CODEBOOK, context=mine, source=source, chosen={}, key=key, seen=seen)
            return "stored"
        finally:
            connection.close()

    with ThreadPoolExecutor(2) as pool:
        assert list(pool.map(send, range(2))) == ["stored"] * 2
    assert ListImport.objects.get().pk == key
    assert Perspective.objects.count() == 1


def test_a_number_longer_than_python_reads_is_told():
    with pytest.raises(BadCell, match="är inget antal"):
        read_number("9" * 5000)


def test_statements_without_one_good_row_make_no_conversation(bring, browse, ake, autumn):
    text = "Citat\tKoder\nSläck\tVi som saknas"
    page = bring("utsagor", text)
    sent = {"text": text, "wave": autumn.pk, "seen": page.context["run"].fingerprint, "key": str(uuid4())}
    answer = browse(ake).post(reverse("coordinate:bring-utsagor-store", args=["ostberga"]), sent)

    assert answer.status_code == 409
    assert not Interview.objects.exists()
    assert not ListImport.objects.exists()


@pytest.mark.parametrize("number", ["9" * 40, "²", "1001", "-1", "٣٣٣٣٣"])
def test_a_number_that_is_no_number_of_people_is_told(bring, number):
    page = bring("samtal", f"Datum\tAnteckningar\tAntal\n2026-10-12\tMer ljus\t{number}")

    assert [outcome for outcome, _ in outcomes(page)] == ["refused"]


def reads_of_the_text(bring, rows):
    with CaptureQueriesContext(connection) as asked:
        bring("utsagor", "Citat\n" + "\n".join(f"Mer ljus, nummer {number}" for number in range(rows)))
    return sum('FROM "surveys_interview"' in query["sql"] for query in asked)


def test_the_text_is_read_as_often_for_many_statements_as_for_few(bring, form, autumn):
    assert reads_of_the_text(bring, 12) == reads_of_the_text(bring, 3) > 0

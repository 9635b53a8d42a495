"""Åke imports rows: what is doubtful is asked, nothing is stored before she has seen it, and nothing twice."""

import io
from uuid import uuid4

import openpyxl
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from actors.models import SecurityEvent
from surveys.importing.reading.tables import MAX_ROWS
from surveys.importing.rows import RowOutcome
from surveys.models import Response
from surveys.questionnaire import survey_editing
from surveys.rules.questions import QuestionKind
from tests import factories as make
from tests.actors.sent_forms.test_words_come_back import signed_in_again
from tests.forms_by_hand import form_to

HEAD = "Vad tycker du?"


def test_rows_are_judged_and_nothing_is_stored(paste):
    page = paste(f"{HEAD}\nMer ljus\n\nEn bänk")

    assert page.status_code == 200
    assert "2 av 3 rader går att spara" in page.text
    assert "Tomma rader, som hoppas över: 3." in page.text
    assert not Response.objects.exists()


def test_a_page_that_is_sent_twice_stores_once(save, form):
    page = save(f"{HEAD}\tSpråk\nMer ljus\tsomaliska\nEn bänk\t", times=2)

    assert page.status_code == 302
    assert sorted(Response.objects.values_list("entry", "language")) == [("import", "so"), ("import", "sv")]
    assert form.events.get().what == "2 svar"
    assert form.imports.get().stored == 2


def test_what_was_not_shown_is_not_stored(paste):
    seen = paste(f"{HEAD}\nMer ljus").context["dry_run"].fingerprint
    page = paste(f"{HEAD}\nMer ljus\nEn bänk", "import-store", seen=seen, key=str(uuid4()))

    assert page.status_code == 409
    assert "Något är ändrat sedan du granskade" in page.text
    assert not Response.objects.exists()


@pytest.mark.django_db
def test_what_is_wrong_is_said_for_each_row(run, form):
    make.question(form, QuestionKind.SCALE, text={"sv": "Trivs du?"})
    judged = run(f"{HEAD}\tTrivs du\nMer ljus\tjättemycket\n\t4\n{'å' * 20_001}\t\nBra\tvet inte\nMer\t1\txx")

    problems = [" ".join(row.problems) for row in judged.rows]
    assert problems[0] == "Trivs du: «jättemycket» är inget av svarsvalen."
    assert problems[1] == "Frågan «Vad tycker du?» måste besvaras."
    assert "för långt: 20001 tecken" in problems[2]
    assert problems[3] == ""
    assert problems[4] == "Raden har fler celler än det finns rubriker."


@pytest.mark.django_db
def test_a_value_is_given_its_meaning_once_for_all_its_rows(run, form):
    make.question(form, QuestionKind.SCALE, text={"sv": "Trivs du?"})
    text = f"{HEAD}\tTrivs du\nMer ljus\tfyra\nEn bänk\tfyra"
    (ask,) = run(text).values

    assert ask.title == "Trivs du: vad betyder «fyra»? (rad 2 och 3)"
    assert [row.outcome for row in run(text, **{ask.name: "4"}).rows] == [RowOutcome.STORED, RowOutcome.STORED]
    assert [len(row.answers) for row in run(text, **{ask.name: "-"}).stored] == [1, 1]


@pytest.mark.django_db
def test_equal_rows_are_asked_about_but_equal_ticks_are_not(run, form):
    form.questions.update(required=False)
    make.question(form, QuestionKind.SCALE, text={"sv": "Trivs du?"})
    text = f"{HEAD}\tTrivs du?\nMer ljus\t4\nmer ljus \t4\nMer ljus\t4\n\t5\n\t5"
    judged = run(text)
    (ask,) = judged.asks

    assert ask.title == "Rad 2, 3 och 4 säger precis samma sak: «Mer ljus». Olika personer?"
    assert [row.outcome for row in judged.rows] == ["stored", "asked", "asked", "stored", "stored"]
    assert len(run(text, **{ask.name: "others"}).stored) == 5
    assert [row.number for row in run(text, **{ask.name: "same"}).stored] == [2, 5, 6]


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("line", "many"),
    [("Svar {0}\nSvar {0}\n", {"others": 21, "same": 11}), ('"Ett {0}\ntvå {0}"\n', {"rows": 21, "cell": 11})],
    ids=["equal rows", "quotes"],
)
def test_many_questions_of_a_kind_are_asked_as_one_and_each_by_itself_on_wish(run, line, many):
    text = f"{HEAD}\n" + "".join(line.format(number) for number in range(10)) + "Ensam"
    (together,) = run(text).asks

    assert {value: len(run(text, **{together.name: value}).stored) for value, _ in together.options[:2]} == many
    each = run(text, **{together.name: together.options[2][0]})
    assert [ask.chosen for ask in each.asks] == ["each-by-itself", *[""] * 10]
    assert len(run(text, **{together.name: together.options[2][0]}).stored) == len(run(text).stored)


def test_two_people_with_the_same_words_are_two_responses(save, run):
    text = f"{HEAD}\nMer ljus\nMer ljus"
    (ask,) = run(text).asks
    save(text, **{ask.name: "others"})

    assert Response.objects.count() == 2


def test_rows_already_stored_are_told_and_stored_again_only_if_they_are_others(save, run):
    text = f"{HEAD}\nMer ljus\nEn bänk"
    save(f"{HEAD}\nMer ljus")
    judged = run(text)

    assert [row.left for row in judged.rows] == ["finns redan", ""]
    save(text, times=2, **{judged.asks[0].name: "others"})
    assert Response.objects.count() == 3


@pytest.mark.django_db
def test_background_and_choices_are_read_by_label_in_any_language(run, ake, form):
    survey_editing.add_background(survey=form, by=ake, key="role")
    options = [{"value": value, "text": {"sv": label}} for value, label in (("a", "Ljus, mer"), ("b", "Bänk"))]
    make.question(form, QuestionKind.SEVERAL_CHOICES, text={"sv": "Vad?"}, options=options)
    row = run(f"{HEAD}\tRole\tVad?\nMer ljus\tI live here\tLjus, mer; bänk").stored[0]

    assert [answer.choices for _, answer in sorted(row.answers.items())] == [(), ("boende",), ("a", "b")]


@pytest.mark.django_db
def test_an_earlier_wording_is_known_and_its_answers_belong_to_it(run, ake, form, autumn, save):
    earlier = form.questions.get()
    save(f"{HEAD}\nEtt svar, så att frågan låses")
    wording = survey_editing.wording_of(earlier)
    wording = survey_editing.QuestionWording(wording.kind, {"sv": "Vad är bäst?"}, {}, [], required=True)
    survey_editing.change_question(question=earlier, by=ake, wording=wording)
    judged = run(f"1. {HEAD}\nMer ljus")

    assert [list(row.answers) for row in judged.stored] == [[earlier.pk]]
    assert [column.question.pk for column in run("Vad är bäst?\nx").layout.read] == [form.questions.current().get().pk]


def test_columns_that_are_not_read_are_named_and_can_be_chosen(paste, run):
    page = paste(f"{HEAD}\tNamn\nMer ljus\tAnna")
    roles = page.context["dry_run"].roles

    assert "Kolumner som hoppas över: Namn." in page.text
    assert [ask.title for ask in roles] == [HEAD, "Namn"]
    twice = run(f"{HEAD}\tNamn\nMer ljus\tAnna", **{roles[1].name: roles[0].chosen})
    assert "Två kolumner är valda till samma sak" in twice.problem


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", "Klistra in rader, eller välj en fil."),
        ("Något annat\nrad", "Ingen kolumn är en av formulärets frågor."),
        (HEAD, "Det finns inga rader under rubrikerna."),
    ],
)
def test_what_can_not_be_judged_is_told(paste, text, said):
    page = paste(text)

    assert page.status_code == 422
    assert said in page.text


@pytest.mark.django_db
def test_more_rows_than_a_worker_reads_are_told(run):
    assert "Högst 20000 rader" in run(HEAD + "\nrad" * (MAX_ROWS + 1)).problem


def test_the_template_can_be_filled_in_and_uploaded(ake, form, paste, browse):
    address = reverse("coordinate:import-template", args=["ostberga", form.pk])
    book = openpyxl.load_workbook(io.BytesIO(browse(ake).get(address).content))
    book.worksheets[0].append(["2026-11-20", "Webben", "svenska", "Mer ljus"])
    file = io.BytesIO()
    book.save(file)
    page = paste(file=SimpleUploadedFile("svar.xlsx", file.getvalue()))

    assert "1 av 1 rader går att spara" in page.text


def test_the_file_of_what_is_not_stored_is_in_the_security_log(paste, ake):
    paste(f"{HEAD}\tEget\n\t@x", "import-refused")

    event = SecurityEvent.objects.get(kind="exported")
    assert (event.who, event.object_key) == (ake, "coordinate:import-refused")


def test_what_is_not_stored_can_be_downloaded_with_its_reasons_corrected_and_sent_again(paste, form):
    make.question(form, QuestionKind.SCALE, text={"sv": "Trivs du?"})
    page = paste(f"{HEAD}\tTrivs du?\tEget\nMer ljus\t4\t\n=cmd|'/c'!A1\tsju\t@x", "import-refused")
    book = openpyxl.load_workbook(io.BytesIO(page.content))
    rows = list(book.worksheets[0].iter_rows())

    assert [cell.value for cell in rows[0]] == ["Varför den inte sparades", "Rad i filen", HEAD, "Trivs du?", "Eget"]
    assert [cell.value for cell in rows[1]][:2] == ["Trivs du?: «sju» är inget av svarsvalen.", "3"]
    assert {(cell.data_type, cell.quotePrefix) for cell in (rows[1][2], rows[1][4])} == {("s", True)}
    rows[1][3].value = "4"
    file = io.BytesIO()
    book.save(file)
    again = paste(file=SimpleUploadedFile("svar.xlsx", file.getvalue()))
    assert "1 av 1 rader går att spara" in again.text
    assert "Kolumner som hoppas över: Eget." in again.text


@pytest.mark.parametrize("content", [b"\x00\x01hej", b"PK\x03\x04trasig", b"\xd0\xcf\x11\xe0gammal"])
def test_a_file_that_cannot_be_read_is_refused_kindly(paste, content):
    page = paste(file=SimpleUploadedFile("svar.xlsx", content))

    assert page.status_code == 422
    assert "Spara den som Excel-arbetsbok (.xlsx)" in page.text


def test_a_page_that_comes_back_broken_is_refused(paste):
    page = paste(book='[{"rows": 3}]')

    assert page.status_code == 422
    assert "Raderna kom inte fram hela" in page.text


def test_a_session_lost_at_the_second_step_leads_back_to_it(ake, form, autumn, browse):
    browser = browse(ake, enforce_csrf_checks=True)
    path, store = (reverse(f"coordinate:{name}", args=["ostberga", form.pk]) for name in ("import", "import-store"))
    rows = f"{HEAD}\tGammal kolumn\nMer ljus\tx"
    judged = browser.post(path, form_to(browser.get(path), path).typed({"text": rows}))
    typed = form_to(judged, path).typed({})
    browser.cookies.pop("sessionid")
    back = signed_in_again(browser, ake, browser.post(store, typed))
    page = browser.get(back)

    assert ("1 av 1 rader går att spara" in page.text, "finns inte här längre" in page.text) == (True, False)
    assert browser.post(store, form_to(page, back, path).fields).status_code == 302
    assert Response.objects.count() == 1

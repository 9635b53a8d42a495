"""The coding workbench, page by page: reading, masking, confirming and attaching."""

import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from surveys.models import Attachment, CodingEvent, Perspective, Statement
from surveys.statements import cutting
from surveys.statements.sources import Source
from tests import factories as make

State = Statement.State


def url(name, source, **query):
    kind = "svar" if hasattr(source, "response") else "samtal"
    return reverse(f"coordinate:{name}", args=["ostberga", kind, source.pk], query=query or None)


@pytest.fixture
def start(ostberga):
    return reverse("coordinate:coding", args=["ostberga"])


def review(**changes):
    return {"text": "Mer ljus.", "language": "sv", "role": "resident", "age_band": "", "seen": "raw:", **changes}


def test_ake_reads_masks_confirms_and_places_an_answer(ake, autumn, browse, start):
    answer = make.answer(autumn, "Mer ljus, ring 070-174 06 12.")
    page = browse(ake)

    opened = page.get(start, follow=True).text
    assert "0 av 1 lästa" in opened
    assert "Mer ljus, ring [telefonnummer].</textarea>" in opened
    page.post(url("coding-review", answer), review(text="Mer ljus, ring [telefonnummer]."))
    page.post(url("coding-attach", answer), {"nytt": "Vi som vill se vägen"})

    statement = Statement.objects.get()
    assert (statement.state, statement.is_altered, statement.role) == (State.CONFIRMED, True, "resident")
    assert [str(each) for each in Perspective.objects.get().quotes()] == ["Mer ljus, ring [telefonnummer]."]
    assert "1 av 1 lästa" in page.get(url("coding-source", answer)).text


def test_a_telephone_number_is_refused_beside_the_field_and_the_words_stay(ake, autumn, browse):
    answer = make.answer(autumn, "Ring 070-174 06 12.")

    page = browse(ake).post(url("coding-review", answer), review(text="Ring mig på 070-174 06 12, tack."))

    assert page.status_code == 422
    assert "Det här kan peka ut någon: «070-174 06 12» (telefonnummer). Maska det först." in page.text
    assert "Ring mig på 070-174 06 12, tack.</textarea>" in page.text
    assert Statement.objects.count() == 0


def test_what_is_masked_and_confirmed_no_longer_must_go(ake, autumn, browse):
    answer = make.answer(autumn, "Ring 070-174 06 12.")
    page = browse(ake)

    assert "Maskat: «070-174 06 12» (telefonnummer)." in page.get(url("coding-source", answer)).text
    still = page.post(url("coding-review", answer), review(text="Ring 070-174 06 12."))
    assert "Måste bort: <strong>«070-174 06 12»" in still.text
    page.post(url("coding-review", answer), review(text="Ring [telefonnummer]."))

    confirmed = page.get(url("coding-source", answer)).text
    assert "Måste bort" not in confirmed
    assert "Maskat:" not in confirmed


def test_what_was_allowed_to_stay_is_still_ticked_when_the_words_are_changed(ake, autumn, browse):
    answer = make.answer(autumn, "Möt oss vid port 14.")
    page = browse(ake)
    page.post(url("coding-review", answer), review(text="Möt oss vid port 14.", keep=["port 14"]))

    form = page.get(url("coding-source", answer)).context["review"]

    assert form["keep"].value() == ["port 14"]


def test_what_may_stay_is_ticked_and_the_proposal_written_anew(ake, autumn, browse):
    answer = make.answer(autumn, "Möt oss vid port 14 eller ring 070-174 06 12.")

    page = browse(ake).post(url("coding-review", answer), {**review(), "keep": ["port 14"], "maska": "1"})

    assert page.status_code == 200
    assert "Möt oss vid port 14 eller ring [telefonnummer].</textarea>" in page.text
    assert Statement.objects.count() == 0


def test_the_second_coder_keeps_what_she_typed(ake, autumn, browse, ostberga):
    deputy = make.user("ersattare@ostberga.example", name="Bea")
    make.coordinator(ostberga, deputy, role="deputy")
    answer = make.answer(autumn, "Mer ljus.")
    browse(ake).post(url("coding-review", answer), review())

    page = browse(deputy).post(url("coding-review", answer), review(text="Beas egna ord"))

    assert page.status_code == 409
    assert "Åke bekräftade utsagan nyss" in page.text
    assert "Beas egna ord</textarea>" in page.text
    assert Statement.objects.get().text == "Mer ljus."


def test_somali_needs_a_translation_and_who_made_it(ake, autumn, browse):
    answer = make.answer(autumn, "Waan jeclahay beerta.", language="so")
    page = browse(ake)

    refused = page.post(url("coding-review", answer), review(language="so", text="Waan jeclahay beerta."))
    assert "Skriv en svensk översättning innan du bekräftar." in refused.text
    done = {"language": "so", "text": "Waan jeclahay beerta.", "translation": "Jag älskar odlingen."}
    page.post(url("coding-review", answer), review(**done, translated="maskin"))

    statement = Statement.objects.get()
    assert (statement.swedish, statement.translation_is_machine) == ("Jag älskar odlingen.", True)


def test_the_list_names_the_language_that_is_not_swedish(ake, autumn, browse):
    answers = {code: make.answer(autumn, "Ord", language=code) for code in ("sv", "so", "xx")}

    page = " ".join(browse(ake).get(url("coding-source", answers["sv"])).text.split())

    assert ("· somaliska" in page, "· annat språk" in page) == (True, True)
    assert ("· xx" in page, "· so " in page) == (False, False)


def test_what_is_cut_out_of_a_note_leaves_the_rest_to_divide(ake, autumn, browse):
    note = make.interview(autumn, ake, "Mer ljus.\n\nTätare bussar.")
    page = browse(ake)

    page.post(url("coding-cut", note), {"start": 0, "end": 9})

    text = page.get(url("coding-source", note)).text
    assert "utsaga 1" in text
    assert "Tätare bussar.</textarea>" in text


def test_a_note_is_done_when_each_of_its_statements_is_reviewed(ake, autumn, browse):
    note = make.interview(autumn, ake, "Mer ljus.\n\nTätare bussar.")
    page = browse(ake)
    page.post(url("coding-split", note), {"delar": "Mer ljus.\n\nTätare bussar."})

    for each in Statement.objects.all():
        page.post(url("coding-review", note), review(text=each.raw_text, utsaga=each.pk))
    page.post(url("coding-finish", note))

    note.refresh_from_db()
    assert note.coded_at is not None
    assert set(Statement.objects.publishable().values_list("text", flat=True)) == {"Mer ljus.", "Tätare bussar."}


def test_a_threat_is_quarantined_and_taken_back(ake, autumn, browse):
    answer = make.answer(autumn, "Jag ska döda honom.")
    page = browse(ake)

    assert "ring <strong>112</strong>" in page.get(url("coding-source", answer)).text
    assert page.post(url("coding-keep-back", answer), {"karantan": "1", "note": ""}).status_code == 409
    page.post(url("coding-keep-back", answer), {"karantan": "1", "note": "Anmält."})
    assert Statement.objects.get().state == State.QUARANTINED
    page.post(url("coding-undo", answer))

    assert Statement.objects.get().state == State.RAW


def test_looking_up_a_perspective_gives_the_same_part_as_the_page(ake, autumn, browse, ostberga):
    make.perspective(ostberga, ake, "Vi som vill se vägen")
    make.perspective(ostberga, ake, "Vi som vill sova")
    answer = make.answer(autumn)
    page, address = browse(ake), url("coding-source", answer, koppla="vägen")

    part = page.get(address, headers={"HX-Request": "true", "HX-Target": "coding_hits"}).text
    whole = page.get(address).text

    def hide(text):
        return re.sub(r'value="[\w.:-]{50,}"', "", text)

    assert hide(part).strip() in hide(whole)
    assert "Vi som vill se vägen" in part
    assert "sova" not in part


def test_attaching_and_detaching_with_htmx_answers_with_the_part(ake, autumn, browse, ostberga):
    perspective = make.perspective(ostberga, ake)
    answer = make.answer(autumn)
    page, htmx = browse(ake), {"HX-Request": "true", "HX-Target": "coding_attachments"}

    part = page.post(url("coding-attach", answer), {"perspektiv": perspective.pk}, headers=htmx)
    assert part.text.strip().startswith('<section class="panel" id="coding_attachments"')
    assert "Koppla bort" in part.text
    statement = Statement.objects.get()
    asked = {"perspektiv": perspective.pk, "utsaga": statement.pk}
    assert "Inte kopplad än" in page.post(url("coding-detach", answer), asked, headers=htmx).text
    assert Attachment.objects.current().count() == 0


def test_html_in_an_answer_is_text(ake, autumn, browse):
    evil = "<img src=http://evil.example/x onerror=alert(1)><script>alert(2)</script> url(file:///etc/passwd)"
    answer = make.answer(autumn, evil)
    page = browse(ake)

    opened = page.get(url("coding-source", answer)).text
    page.post(url("coding-review", answer), review(text=evil, keep=["http://evil.example/x"]))
    listed = page.get(reverse("coordinate:statements", args=["ostberga"])).text

    for text in (opened, listed):
        assert "<img src=http" not in text
        assert "<script>alert" not in text
        assert "&lt;img src=" in text


def test_twenty_thousand_characters_are_read_and_confirmed(ake, autumn, browse):
    long = "Mer ljus på gångvägen. " * 869
    answer = make.answer(autumn, long[:20_000])
    page = browse(ake)

    assert page.get(url("coding-source", answer)).status_code == 200
    page.post(url("coding-review", answer), review(text=long[:20_000]))

    assert Statement.objects.get().state == State.CONFIRMED


def test_only_those_who_coordinate_see_raw_words(ake, stranger, tova, autumn, browse):
    answer = make.answer(autumn, "Mycket hemligt.")
    note = make.interview(autumn, ake, "Också hemligt.")
    statement = cutting.get_or_create_whole(source=Source(answer), by=ake)
    pages = [url("coding-source", answer), url("coding-source", note)]
    pages += [reverse("coordinate:statement", args=["ostberga", statement.pk])]
    pages += [
        reverse(f"coordinate:{name}", args=["ostberga"]) for name in ("coding", "statements", "perspectives", "themes")
    ]

    for page in pages:
        assert browse(stranger).get(page).status_code == 404
        assert browse(tova).get(page).status_code == 404
        assert browse().get(page).url.startswith("/konto/")


def test_nobody_else_can_do_anything(ake, tova, autumn, browse):
    answer = make.answer(autumn)
    verbs = ["cut", "split", "finish", "review", "keep-back", "reopen", "attach", "detach", "undo"]

    answers = {browse(tova).post(url(f"coding-{verb}", answer), review()).status_code for verb in verbs}

    assert answers == {404}
    assert CodingEvent.objects.count() == 0


def test_a_coordinator_of_another_place_finds_nothing_here(autumn, browse):
    elsewhere = make.collaboration("annanstans")
    other = make.user("annan@ostberga.example")
    make.coordinator(elsewhere, other)
    answer = make.answer(autumn)

    assert browse(other).get(url("coding-source", answer)).status_code == 404
    theirs = reverse("coordinate:coding-source", args=["annanstans", "svar", answer.pk])
    assert browse(other).get(theirs).status_code == 404


def test_the_queue_goes_on_to_the_next_and_back(ake, autumn, browse, start):
    answers = [make.answer(autumn, f"Svar nummer {number}.") for number in range(3)]
    page = browse(ake)
    first = page.get(start, follow=True)

    onwards = re.search(r'data-key="n" href="([^"]+)"', first.text)
    assert onwards is not None
    second = page.get(onwards[1].replace("&amp;", "&"))

    back = re.search(r'data-key="p" href="([^"?]+)', second.text)
    assert back is not None
    assert (back[1], len(answers)) == (first.request["PATH_INFO"], 3)


def test_when_all_is_read_the_page_says_so(ake, autumn, browse, start):
    answer = make.answer(autumn)
    page = browse(ake)
    assert "Mer ljus" in page.get(start, follow=True).text

    page.post(url("coding-keep-back", answer), {"at_sidan": "1"})

    assert "Allt är läst" in page.get(start).text


def test_nothing_to_read_says_what_to_do(ake, browse, start):
    assert "Inget att läsa än" in browse(ake).get(start).text


def test_a_long_list_costs_no_more_queries(ake, autumn, browse):
    for number in range(3):
        make.answer(autumn, f"Svar {number}.")
    page, answer = browse(ake), make.answer(autumn)
    with CaptureQueriesContext(connection) as few:
        page.get(url("coding-source", answer))
    for number in range(60):
        make.answer(autumn, f"Svar {number}.")
    with CaptureQueriesContext(connection) as many:
        page.get(url("coding-source", answer))

    assert len(many) == len(few)

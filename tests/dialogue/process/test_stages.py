"""Åke chooses a process, writes the stages in the words of his dialogue, and residents read those words."""

import pytest
from django.db import IntegrityError, connection, transaction
from django.urls import reverse

from dialogue.followers.news_collection import collect_news
from dialogue.models import Dialogue, News, ProcessStep
from dialogue.process.stages import change_stages, list_stages_with_steps
from dialogue.rules.staircase import Step
from dialogue.staircase import climbing, gate_facts
from dialogue.worklists.waiting.issues import list_waiting_issues
from ostberga.lib.refusal import Refusal
from tests import factories as make
from tests.dialogues import stage_plans

SKR = (
    "Förberedelser",
    "Perspektivinsamling",
    "Dialog, experimenterande och medskapande",
    "Förslag, åtgärder och åtaganden",
    "Beslut om genomförande",
    "Genomförande",
    "Kapacitetsutveckling",
)


@pytest.fixture
def at_work(ake, browse):
    return browse(ake)


def url(name, *keys):
    return reverse(f"coordinate:{name}", args=["ostberga", *keys])


def stages_page(talk):
    return url("stages", talk.pk)


def names(dialogue):
    return [stage.name["sv"] for stage in dialogue.stages.all()]


def typed(page, **changes):
    """What a browser sends from the page of stages; `name_sv_2="Ny"` changes a field of the second stage."""
    forms = page.context["forms"]
    sent = {"steg": [str(form.stage.pk) for form in forms.stages]}
    for form in [*forms.stages, forms.new]:
        sent |= {form.add_prefix(name): form[name].value() or "" for name in form.fields}
    for change, text in changes.items():
        name, _, number = change.rpartition("_")
        form = forms.new if number == "new" else forms.stages[int(number) - 1]
        sent[form.add_prefix(name)] = text
    return sent


def save(browser, talk, **changes):
    return browser.post(stages_page(talk), typed(browser.get(stages_page(talk)), **changes))


@pytest.fixture
def skr(ostberga):
    """A dialogue that goes on with the seven of SKR."""
    return make.dialogue(ostberga, template="skr")


@pytest.mark.parametrize(
    ("template", "first", "number"),
    [
        ("ostberga", "Intervjuer", 5),
        ("skr", "Förberedelser", 7),
        ("bra", "Initiera samverkan", 5),
        ("egen", "Vi lyssnar", 2),
    ],
)
def test_a_new_dialogue_begins_with_the_stages_of_its_template(ostberga, at_work, template, first, number):
    at_work.post(url("dialogue-new"), {"title_sv": "Parken", "new_question": "Vad nu?", "template": template})
    new = Dialogue.objects.get(title__sv="Parken")

    assert (names(new)[0], new.stages.count()) == (first, number)
    assert names(new)[0] in at_work.get(stages_page(new)).text


def test_a_template_is_chosen_before_the_dialogue_is_made(ostberga, at_work):
    page = at_work.post(url("dialogue-new"), {"title_sv": "Parken", "new_question": "Vad nu?", "template": "lund"})

    assert (page.status_code, Dialogue.objects.filter(title__sv="Parken").exists()) == (422, False)


def test_residents_read_the_stages_of_skr_in_their_language(skr, amina, browse):
    text = amina.get("/ostberga/").text

    assert all(f"<span>{name}</span>" in text for name in SKR)
    assert "Efter steg 7 börjar vi om på steg 2" in text
    assert "Gathering perspectives" in browse().get("/en/ostberga/").text


def test_whoever_answers_is_at_the_stage_where_issues_begin(skr, amina):
    stairs = amina.get("/ostberga/").context["stairs"]

    assert [stair.state for stair in stairs][:3] == ["past", "current", "coming"]


def test_an_issue_is_shown_at_the_stage_that_carries_its_step(skr, amina, at_work):
    issue = make.issue(skr, "Lamporna", slug="lamporna", step=Step.DECISION)
    pages = [amina.get(where) for where in ("/ostberga/", "/ostberga/fragor/", issue.get_absolute_url())]
    pages += [at_work.get(where) for where in (url("issues"), url("issue", issue.pk), url("issue-move", issue.pk))]

    for page in pages:
        assert "Steg 5 av 7" in page.text
        assert "Beslut om genomförande" in page.text
        assert "Arbetsgrupper</span>" not in page.text
    assert "Vidare till steg 6: Genomförande" in pages[-1].text
    assert "Tillbaka till steg 4: Förslag, åtgärder och åtaganden (Arbetsgrupper)" in pages[-1].text


def test_the_move_is_told_in_the_words_of_the_dialogue(ready, ake, amina, at_work):
    save(at_work, ready.dialogue, name_sv_2="Vi berättar", name_sv_1="Vi frågar")
    missing = gate_facts.missing_requirements(ready)
    climbing.climb(issue=ready, by=ake, reason="Klart.", despite=missing)

    assert "Vidare till steget Vi berättar" in amina.get(ready.get_absolute_url()).text
    assert "Vi frågar (Intervjuer) →" in " ".join(at_work.get(url("issue", ready.pk)).text.split())


def test_an_issue_at_a_step_that_is_left_out_is_shown_at_the_nearest_stage_before(ready, ake, amina, at_work):
    talk = ready.dialogue
    save(at_work, talk, is_left_out_2="on")
    climbing.climb(issue=ready, by=ake, reason="Klart.", despite=gate_facts.missing_requirements(ready))
    page = amina.get(ready.get_absolute_url())
    mapping = list_stages_with_steps(talk)

    assert ready.step == Step.REPORT
    assert "Steg 1 av 4" in page.text
    assert "Vidare inom steget Intervjuer" in page.text
    assert (mapping[0].own, mapping[0].left_out) == (Step.INTERVIEWS, (Step.REPORT,))
    assert "Visar också frågor på" in at_work.get(stages_page(talk)).text
    collect_news()
    assert not News.objects.filter(issue=ready, kind=News.Kind.STEP).exists()


def test_stages_are_renamed_in_every_language_moved_and_added(talk, at_work, amina, browse):
    save(
        at_work,
        talk,
        name_sv_1="Vi lyssnar",
        name_en_1="We listen",
        position_2="3",
        step_2="",
        name_sv_new="Förberedelser",
        position_new="1",
        description_sv_new="Vi tar reda på vilka det rör.",
    )

    assert names(talk) == ["Förberedelser", "Vi lyssnar", "Arbetsgrupper", "Rapport", "Beslut", "Genomförande"]
    assert "Vi tar reda på vilka det rör." in amina.get("/ostberga/").text
    assert "We listen" in browse().get("/en/ostberga/").text


def test_moving_a_stage_past_another_gate_is_said_beside_it_and_what_was_typed_stays(talk, at_work):
    page = save(at_work, talk, position_5="1", name_en_1="We listen")
    text = page.text

    assert (page.status_code, names(talk)[0]) == (422, "Intervjuer")
    assert "«Intervjuer» kommer före «Genomförande»" in text
    assert 'value="We listen"' in text


def test_the_stage_where_issues_begin_cannot_be_left_out(talk, at_work):
    page = save(at_work, talk, is_left_out_1="on")

    assert (page.status_code, talk.stages.count()) == (422, 5)
    assert "Ett steg ska ha spärren «Intervjuer»" in page.text


def test_a_stage_without_a_name_is_told_beside_the_field(talk, at_work):
    page = save(at_work, talk, name_sv_2="", description_sv_new="Bara en text.")
    forms = page.context["forms"]

    assert page.status_code == 422
    assert (list(forms.stages[1].errors), list(forms.new.errors)) == (["name_sv"], ["name_sv"])


def test_the_periods_of_a_stage_follow_it_and_go_when_it_is_left_out(talk, at_work):
    for step in (1, 4):
        ProcessStep.objects.create(dialogue=talk, stage=make.stage(talk, step), start="2026-01-01", end="2026-03-31")
    save(at_work, talk, name_sv_1="Vi lyssnar", is_left_out_4="on")

    assert [period.stage.name["sv"] for period in talk.steps.all()] == ["Vi lyssnar"]


def test_times_are_written_for_a_stage_that_no_issue_stands_at(skr, at_work, amina):
    last = skr.stages.last()
    at_work.post(url("steps-round", skr.pk, 1), {f"steg-{last.pk}-period": "hösten 2027"})

    assert "hösten 2027" in amina.get("/ostberga/").text


def test_two_who_add_and_leave_out_at_once_are_told(talk, ake, at_work):
    sent = typed(at_work.get(stages_page(talk)), description_sv_2="Alla får läsa.")
    save(at_work, talk, is_left_out_2="on", name_sv_new="Uppföljning")
    page = at_work.post(stages_page(talk), sent)

    assert page.status_code == 422
    assert "Någon annan har lagt till «Uppföljning» medan du skrev" in page.text
    assert "lämnat ut steget «Rapport: Alla får läsa.»" in page.text
    assert names(talk) == ["Intervjuer", "Arbetsgrupper", "Beslut", "Genomförande", "Uppföljning"]


def test_the_verb_refuses_what_cannot_work_and_a_stage_of_another_dialogue(talk, ostberga, ake):
    other = make.dialogue(ostberga, has_own_address=True, is_current=False)
    theirs = stage_plans(other)

    for plans, code in ((theirs, "stage_is_gone"), (theirs[1:], "stages_cannot_work")):
        with pytest.raises(Refusal) as no:
            change_stages(dialogue=talk, stages=plans, by=ake)
        assert no.value.code == code


def test_the_database_holds_one_stage_per_step(talk):
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")  # as when the transaction ends

    with pytest.raises(IntegrityError), transaction.atomic():
        talk.stages.create(position=6, name={"sv": "Två"}, step=Step.DECISION)


def test_nobody_else_changes_the_stages(talk, elsewhere, amina, browse):
    assert elsewhere.get(stages_page(talk)).status_code == 404
    assert amina.get(stages_page(talk)).status_code in (302, 404)


@pytest.mark.parametrize("template", ["skr", "bra", "egen"])
def test_the_week_names_the_stage_that_the_issue_is_shown_at(ostberga, template):
    talk = make.dialogue(ostberga, template=template)
    issues = {step: make.issue(talk, step.name, slug=step.name.lower(), step=step) for step in Step}

    assert {row.pk: row.stage for row in list_waiting_issues(talk)} == {
        issue.pk: str(talk.stage_at(step)) for step, issue in issues.items()
    }


@pytest.mark.parametrize("where", ["issues", "home"])
def test_the_queries_do_not_grow_with_issues(skr, at_work, count_queries, where):
    def read():
        at_work.get(url(where))

    make.issue(skr, "En", slug="ett", step=1)
    few = count_queries(read)
    for number in range(4):
        make.issue(skr, f"Fråga {number}", slug=f"f{number}", step=1)

    assert count_queries(read) == few

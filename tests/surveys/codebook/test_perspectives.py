"""The codebook: perspectives, opposites, merging, splitting and themes."""

import pytest
from django.urls import reverse

from ostberga.lib.refusal import Refusal
from surveys.codebook import perspectives, theme_editing
from surveys.codebook.overview import build_codebook
from surveys.models import CodingEvent, Perspective, Statement, Theme
from surveys.rules.coverage import compute_breadth
from surveys.rules.roles import Role
from surveys.statements.undoing import undo_last
from tests import factories as make


@pytest.fixture
def light(ake, ostberga):
    """A perspective: wants light."""
    return make.perspective(ostberga, ake, "Vi som vill se vägen")


@pytest.fixture
def dark(ake, ostberga):
    """A perspective: wants to sleep."""
    return make.perspective(ostberga, ake, "Vi som vill sova")


def attach_statement(ake, autumn, perspective, text="Mer ljus.", role=Role.RESIDENT):
    statement = make.statement(autumn, text, by=ake, role=role)
    perspectives.attach(statement=statement, perspective=perspective, by=ake)
    return statement


def page_of(name, *args):
    return reverse(f"coordinate:{name}", args=["ostberga", *args])


def test_breadth_tells_which_groups_and_never_how_many(ake, autumn, light):
    for role in (Role.RESIDENT, Role.RESIDENT, Role.OFFICIAL, Role.UNKNOWN):
        attach_statement(ake, autumn, light, role=role)

    heard = light.breadth()

    assert heard.words == "Hörts från boende och tjänstepersoner – 2 av 5 grupper"
    assert heard.missing_words == "förtroendevalda, näringsliv och föreningar"


def test_an_unknown_group_never_counts(ake, autumn, light):
    attach_statement(ake, autumn, light, role=Role.UNKNOWN)

    assert light.breadth().heard == ()
    assert light.breadth().words == "Hörts, men vi vet inte från vilken grupp"
    assert compute_breadth([]).words == "Inga utsagor än"


def test_a_single_voice_is_told_to_be_kept(ake, autumn, light, browse):
    attach_statement(ake, autumn, light)

    assert "Bara en röst: behåll den." in browse(ake).get(page_of("perspectives")).text
    assert "Bara en röst: behåll den." in browse(ake).get(page_of("perspective", light.pk)).text


def test_the_list_follows_themes_and_time_never_numbers(ake, autumn, light, dark, ostberga):
    loud = make.perspective(ostberga, ake, "Vi som är många")
    for _ in range(3):
        attach_statement(ake, autumn, loud)
    theme = make.theme(ostberga)
    for each in (dark, light):
        theme_editing.place(perspective=each, theme=theme, by=ake)

    order = [str(entry.perspective) for shelf in build_codebook(ostberga) for entry in shelf.entries]

    assert order == ["Vi som vill sova", "Vi som vill se vägen", "Vi som är många"]


def test_a_merged_perspective_lives_on_in_the_other(ake, autumn, light, dark, ostberga):
    third = make.perspective(ostberga, ake, "Vi som går sent")
    kept = attach_statement(ake, autumn, third, "Jag går en omväg.")
    perspectives.merge(perspective=third, into=dark, by=ake)
    perspectives.merge(perspective=dark, into=light, by=ake)

    assert list(light.resting_statements()) == [kept]
    assert third.current == light
    assert {str(each) for each in light.lineage()} == {"Vi som vill sova", "Vi som går sent"}
    assert kept.attachments.current().get().perspective == third  # Nothing was moved.


def test_a_single_voice_stays_single_when_both_its_perspectives_become_one(ake, autumn, light, dark, ostberga):
    statement = attach_statement(ake, autumn, light)
    perspectives.attach(statement=statement, perspective=dark, by=ake)
    perspectives.merge(perspective=dark, into=light, by=ake)

    entry = build_codebook(ostberga)[0].entries[0]

    assert entry.breadth == light.breadth()
    assert entry.breadth.is_single_voice


def test_merging_can_be_undone_and_never_makes_a_ring(ake, autumn, light, dark):
    attach_statement(ake, autumn, dark)
    perspectives.merge(perspective=dark, into=light, by=ake)
    with pytest.raises(Refusal, match="redan sammanslaget"):
        perspectives.merge(perspective=light, into=dark, by=ake)

    undo_last(collaboration=light.collaboration, by=ake)

    assert light.quotes().count() == 0
    assert dark.quotes().count() == 1


def test_a_theme_follows_what_its_perspectives_became(ake, light, dark, ostberga):
    theme = make.theme(ostberga)
    theme_editing.place(perspective=dark, theme=theme, by=ake)
    perspectives.merge(perspective=dark, into=light, by=ake)

    assert theme.current_perspectives() == [light]
    theme_editing.unplace(perspective=light, theme=theme, by=ake)
    assert theme.current_perspectives() == []


def test_splitting_takes_some_statements_along_and_can_be_undone(ake, autumn, light, ostberga):
    stays, goes = (
        attach_statement(ake, autumn, light, "Mer ljus."),
        attach_statement(ake, autumn, light, "Inga fler kameror."),
    )
    theme_editing.place(perspective=light, theme=make.theme(ostberga), by=ake)

    new_perspective = perspectives.split(
        perspective=light, statements=[goes], title={"sv": "Vi som vill slippa kameror"}, by=ake
    )

    assert (list(light.quotes()), list(new_perspective.quotes())) == ([stays], [goes])
    assert (new_perspective.split_from, new_perspective.themes.count()) == (light, 1)
    undo_last(collaboration=ostberga, by=ake)
    assert set(light.quotes()) == {stays, goes}
    assert Perspective.objects.standing().get() == light


def test_opposites_stand_side_by_side_from_both_sides(ake, light, dark, ostberga, browse):
    perspectives.oppose(perspective=dark, other=light, about={"sv": "Ljus eller sömn"}, by=ake)
    later = make.perspective(ostberga, ake, "Vi som vill sova gott")
    perspectives.merge(perspective=dark, into=later, by=ake)

    assert [str(other) for _, other in light.opposites()] == ["Vi som vill sova gott"]
    assert [str(other) for _, other in later.opposites()] == ["Vi som vill se vägen"]
    text = browse(ake).get(page_of("perspective", light.pk)).text
    assert text.index("Ljus eller sömn") < text.index("står mot") < text.index("Vi som vill sova gott")


def test_two_with_the_same_words_are_not_made(ake, light, browse):
    page = browse(ake).post(page_of("perspective-new"), {"title_sv": "vi som vill SE vägen"})

    assert page.status_code == 409
    assert "finns redan" in page.text
    assert 'value="vi som vill SE vägen"' in page.text


def test_ake_edits_opposes_merges_splits_and_retires_on_the_page(ake, autumn, light, dark, browse):
    statement, page = attach_statement(ake, autumn, light), browse(ake)

    page.post(page_of("perspective-edit", light.pk), {"title_sv": "Vi som går", "title_en": "We who walk"})
    page.post(page_of("perspective-oppose", light.pk), {"other": dark.pk, "about_sv": "Ljus"})
    page.post(page_of("perspective-split", light.pk), {"utsagor": [statement.pk], "nytt": "Vi som cyklar"})
    page.post(page_of("perspective-merge", light.pk), {"other": dark.pk})
    page.post(page_of("perspective-retire", dark.pk))

    light.refresh_from_db()
    assert light.title == {"sv": "Vi som går", "en": "We who walk"}
    assert light.merged_into == dark
    assert [str(each) for each in Perspective.objects.standing()] == ["Vi som cyklar"]
    done = set(CodingEvent.objects.values_list("verb", flat=True))
    assert done >= {"edit", "oppose", "split", "merge", "retire"}


def test_what_the_public_reads_changes_at_once(ake, autumn, light, dark, ostberga):
    attach_statement(ake, autumn, light)
    seen = ostberga.public_version
    for act in (
        lambda: perspectives.merge(perspective=dark, into=light, by=ake),
        lambda: perspectives.detach(statement=Statement.objects.get(), perspective=light, by=ake),
        lambda: theme_editing.place(perspective=light, theme=make.theme(ostberga), by=ake),
    ):
        act()
        ostberga.refresh_from_db()
        assert ostberga.public_version > seen
        seen = ostberga.public_version


def test_themes_are_made_ordered_filled_and_taken_away(ake, light, ostberga, browse):
    page = browse(ake)
    for name in ("Ljus", "Resor"):
        page.post(page_of("theme-new"), {"title_sv": name})
    travel = Theme.objects.get(title__sv="Resor")

    page.post(page_of("theme-move", travel.pk), {"upp": "1"})
    page.post(page_of("theme-place", travel.pk), {"perspektiv": light.pk})
    assert [str(each) for each in Theme.objects.standing()] == ["Resor", "Ljus"]
    assert travel.current_perspectives() == [light]
    page.post(page_of("theme-unplace", travel.pk), {"perspektiv": light.pk})
    page.post(page_of("theme-retire", travel.pk))

    assert [str(each) for each in Theme.objects.standing()] == ["Ljus"]
    assert "Resor" in page.get(page_of("themes")).text


def test_a_second_coder_agrees_or_not_and_nothing_else_changes(ake, autumn, light, ostberga, browse):
    deputy = make.user("ersattare@ostberga.example", name="Bea")
    make.coordinator(ostberga, deputy, role="deputy")
    attachment = attach_statement(ake, autumn, light).attachments.get()
    page = browse(deputy)

    assert "Mer ljus." in page.get(page_of("sample")).text
    page.post(page_of("sample"), {"koppling": attachment.pk, "nej": "1"})

    event = CodingEvent.objects.get(verb="disagree")
    assert (event.by, event.statement, light.quotes().count()) == (deputy, attachment.statement, 1)
    assert "Mer ljus." not in page.get(page_of("sample")).text


def test_the_code_book_can_be_printed(ake, autumn, light, browse):
    attach_statement(ake, autumn, light)

    text = browse(ake).get(page_of("codebook")).text

    assert "Hörts från boende – 1 av 5 grupper" in text
    assert "data-print" in text


def test_officials_and_strangers_find_nothing(light, ostberga, tova, stranger, browse):
    theme = make.theme(ostberga)
    pages = [page_of(name, light.pk) for name in ("perspective", "perspective-edit", "perspective-merge")]
    pages += [page_of("theme", theme.pk), page_of("codebook"), page_of("sample"), page_of("perspective-new")]

    for user in (tova, stranger):
        assert {browse(user).post(page).status_code for page in pages if page != pages[0]} <= {404, 405}
        assert {browse(user).get(page).status_code for page in pages} <= {404, 405}


def test_undoing_a_perspective_tells_the_public_pages_that_may_show_it(ake, ostberga):
    perspectives.create_perspective(collaboration=ostberga, title={"sv": "Vi som cyklar"}, by=ake)
    ostberga.refresh_from_db()
    before = ostberga.public_version

    undo_last(collaboration=ostberga, by=ake)

    ostberga.refresh_from_db()
    assert ostberga.public_version == before + 1


def test_who_moved_a_theme_is_written_down(ake, ostberga):
    first, second = make.theme(ostberga, "Ljus"), make.theme(ostberga, "Bussar")

    theme_editing.move_theme(theme=second, steps=-1, by=ake)

    assert list(Theme.objects.standing()) == [second, first]
    event = CodingEvent.objects.get()
    assert (event.by, event.verb, event.details) == (ake, "edit", {"theme": second.pk})

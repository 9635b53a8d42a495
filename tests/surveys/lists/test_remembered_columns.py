"""What Åke chose for the columns of a list is proposed for the next one."""

from surveys.models import Perspective, RememberedChoice

FIRST = "Vår etikett\tKod\nVi som vill ha ljus\tA1"


def columns(page):
    return [question.chosen for question in page.context["run"].layout.roles]


def test_a_column_that_was_chosen_once_is_read_so_next_time(bring):
    assert columns(bring("kodbok", FIRST)) == ["", "title"]
    chosen = {"column-0-0": "title", "column-0-1": ""}
    bring("kodbok", FIRST, is_stored=True, **chosen)
    assert [str(row) for row in Perspective.objects.all()] == ["Vi som vill ha ljus"]

    assert columns(bring("kodbok", "Kod\tVår  ETIKETT\nB2\tVi som vill ha mörker")) == ["", "title"]
    assert not RememberedChoice.objects.filter(name__icontains="etikett").exists()


def test_it_is_remembered_for_that_kind_alone_and_only_when_rows_are_stored(bring, talk):
    bring("kodbok", FIRST, **{"column-0-0": "title", "column-0-1": ""})
    assert columns(bring("kodbok", FIRST)) == ["", "title"]
    bring("kodbok", FIRST, is_stored=True, **{"column-0-0": "title", "column-0-1": ""})

    assert columns(bring("fragor", "Vår etikett\tSakfråga\nLjus\tMer ljus")) == ["", "title"]


def test_a_remembered_heading_also_tells_where_the_headings_stand(bring):
    bring("kodbok", "Etikett\nVi som vill ha ljus", is_stored=True, **{"column-0-0": "title"})
    layout = bring("kodbok", "Kodbok 2026\nEtikett\nVi som vill ha mörker").context["run"].layout

    assert (layout.heading, layout.names) == (1, ["title"])

"""On a page in another language, whatever stands in Swedish says so: every resident page, every text and name."""

from html.parser import HTMLParser

import pytest
from django.apps import apps
from django.db import connection, models

from tests.house import addresses, doors

pytestmark = [pytest.mark.django_db, pytest.mark.slow]
MARK = "Så1sv "  # before every text that is only in Swedish
NAMES = (
    *(("actors_organisation", column) for column in ("name", "short_name")),
    *(("actors_collaboration", column) for column in ("name", "area")),
    ("dialogue_workinggroup", "name"),
)
# A title and a button's own words cannot hold marks of another language inside.
UNMARKED = {"title", "option", "script", "style"}
VOID = {"br", "img", "input", "link", "meta", "hr", "source", "wbr", "col"}


class SwedishTexts(HTMLParser):
    """Collects the marked texts that stand in an element whose nearest language is another than Swedish."""

    def __init__(self) -> None:
        super().__init__()
        self.open: list[tuple[str, str]] = []  # element and language
        self.wrong: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Note the language inside the element."""
        given = dict(attrs)
        is_crumb = given.get("dir") == "auto"  # a name of a page in the trail, whose language the page does not know
        inherited = self.open[-1][1] if self.open else ""
        if tag not in VOID:
            self.open.append((tag, "sv" if is_crumb else given.get("lang") or inherited))

    def handle_endtag(self, tag: str) -> None:
        """Close the element, and what was left open in it."""
        while self.open and self.open.pop()[0] != tag:
            pass

    def handle_data(self, data: str) -> None:
        """Keep a marked text that is read as another language."""
        if MARK.strip() in data and self.open and self.open[-1][1] != "sv" and self.open[-1][0] not in UNMARKED:
            self.wrong.append(f"{self.open[-1][0]}: {' '.join(data.split())[:60]}")


def keep_only_swedish() -> None:
    """Let every stored text be in Swedish only, with a mark in it, and every name have the mark."""
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL session_replication_role = replica")  # also what is locked for good
        for model in apps.get_models():
            for field in model._meta.local_fields:
                if isinstance(field, models.JSONField):
                    table, column = model._meta.db_table, field.column
                    cursor.execute(
                        f'UPDATE "{table}" SET "{column}" = jsonb_build_object(\'sv\', %s || ("{column}"->>\'sv\'))'  # noqa: S608
                        f" WHERE jsonb_typeof(\"{column}\") = 'object' AND \"{column}\" ? 'sv'",
                        [MARK],
                    )
        for table, column in NAMES:
            cursor.execute(f"UPDATE {table} SET {column} = left(%s || {column}, 40)", [MARK])  # noqa: S608
        cursor.execute("SET LOCAL session_replication_role = DEFAULT")


@pytest.mark.parametrize("language", ["ar", "en"])
def test_every_swedish_text_on_a_page_in_another_language_says_so(language, amina):
    district = doors.build()
    keep_only_swedish()
    paths = [
        district.path_to(address) for address in addresses.ours() if address.route and "nobody" in doors.may(address)
    ]
    wrong, marked = {}, 0
    for path in dict.fromkeys(paths):
        page = amina.get(f"/{language}{path}")
        if page.status_code != 200 or not page.headers["Content-Type"].startswith("text/html"):
            continue
        marked += MARK.strip() in page.text
        reader = SwedishTexts()
        reader.feed(page.text)
        if reader.wrong:
            wrong[path] = reader.wrong

    assert wrong == {}
    assert marked > 8

"""Every form that takes text, on the pages that each role may open, filled in with words of its own."""

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass
from html import unescape
from typing import Any

from django.apps import apps
from django.db import connection
from django.test import Client

from ostberga.lib.web.form_tokens import FIELD
from ostberga.lib.web.html_forms import Control, Form
from tests.forms_by_hand import FilledForm, forms_on
from tests.house import addresses, doors

TYPED_IN = {"text", "textarea", "search", "email", "url", "tel"}
# What is never kept, and what is only there for a program.
SECRET = {"password", "oldpassword", "password1", "password2", "code"}
VALUES = {"number": "7", "time": "17:30", "email": "ny@annanstans.example", "url": "https://annanstans.example/"}
# What the note of a form, a sign-in or the log of it writes.
NOT_COUNTED = {"actors_sentform", "actors_keptwords", "django_session", "actors_securityevent", "actors_securityseal"}


@dataclass
class TypedForm:
    """A form of a page, with words in each of its fields."""

    page: str
    form: FilledForm
    sent: dict[str, list[str]]
    words: dict[str, str]  # what somebody typed, by field

    def __str__(self) -> str:
        return f"{self.page} → {self.form.action}"


def text_forms(browser: Client, district: doors.District, role: str) -> Iterator[TypedForm]:
    """Yield the forms that take text on the pages of a role, each address once."""
    seen: set[tuple[str, ...]] = set()
    for path in pages_of(district, role):
        page = browser.get(path)
        if page.status_code != 200 or not page.headers.get("Content-Type", "").startswith("text/html"):
            continue
        for form in forms_on(page, path):
            names = tuple(sorted({control.name for control in form.form.controls}))
            typed = fill(path, form, page.text)
            if typed.words and FIELD in form.fields and (form.action, *names) not in seen:
                seen.add((form.action, *names))
                yield typed


def pages_of(district: doors.District, role: str) -> list[str]:
    """Return the addresses of our pages that the role may open, and of its account."""
    paths = [district.path_to(address) for address in addresses.ours() if address.route and role in doors.may(address)]
    # Petitions and what a body has said of itself come in by these.
    return [*(path for path in paths if not doors.parameters_in(path)), "/konto/email/", "/konto/2fa/webauthn/add/"]


def fill(path: str, form: FilledForm, html: str) -> TypedForm:
    """Write in every field that is empty, choose where nothing is chosen, and leave what is hidden."""
    sent, words = dict(form.fields), {}
    for number, control in enumerate(form.form.controls):
        if control.kind in TYPED_IN and control.name and control.name not in SECRET and not control.is_disabled:
            words[control.name] = VALUES.get(control.kind, f"Ord {number} <å> & mer")
            sent[control.name] = [words[control.name]]
        elif control.name and not any(sent.get(control.name, [])):
            sent |= _chosen(control, form.form)
    return TypedForm(path, form, sent, words)


def _chosen(control: Control, form: Form) -> dict[str, list[str]]:
    if control.kind == "select":
        values = [option.value for option in control.options if option.value]
        return {control.name: values[:1]} if values else {}
    if control.kind == "radio" or (control.kind == "checkbox" and "required" in control.tag.attributes):
        return {control.name: [control.value]}
    today = dt.datetime.now(tz=dt.UTC).date().isoformat()
    typed = {**VALUES, "date": today, "datetime-local": f"{today}T17:30"}.get(control.kind)
    return {control.name: [typed]} if typed else {}


def held(form: FilledForm, html: str) -> dict[str, Any]:
    """Return what the fields of a form hold, by name."""
    return {name: [unescape(value).replace("\r\n", "\n") for value in values] for name, values in form.fields.items()}


def rows() -> dict[str, int]:
    """Count the rows of every table in one query."""
    tables = [model._meta.db_table for model in apps.get_models(include_auto_created=True) if model._meta.managed]
    counted = " UNION ALL ".join(f"SELECT '{name}', count(*) FROM \"{name}\"" for name in set(tables) - NOT_COUNTED)  # noqa: S608
    with connection.cursor() as cursor:
        cursor.execute(counted)
        return dict(cursor.fetchall())

"""Modules and public functions have docstrings, and model fields have help texts."""

import ast
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.apps import apps
from django.db.models import Field, Model

from tests.house.files import OUR_APPS, inside, ours

# Named by Django and documented there.
FRAMEWORK = {
    "add_arguments", "as_postgresql", "as_sql", "bound_data", "check", "clean", "create_superuser", "create_user",
    "db_type", "deconstruct", "default", "delete", "formfield", "from_db_value", "full_clean", "get_absolute_url",
    "get_context", "get_db_converters", "get_db_prep_value", "get_form_kwargs", "get_internal_type", "get_lookup",
    "get_prep_lookup", "get_prep_value", "get_queryset", "handle", "has_changed", "has_module_perms", "has_perm",
    "natural_key", "prepare_value", "process_rhs", "ready", "render", "save", "to_python", "validate",
    "value_from_datadict",
}  # fmt: skip


def public_definitions(path: Path) -> Iterator[tuple[str, ast.FunctionDef | ast.ClassDef]]:
    """Yield the public functions and classes of a module, and the public methods of its classes."""
    tree = ast.parse(path.read_text())
    classes = [node for node in tree.body if isinstance(node, ast.ClassDef)]
    for node in [*tree.body, *(member for class_ in classes for member in class_.body)]:
        if isinstance(node, ast.FunctionDef | ast.ClassDef):
            is_ours = not node.name.startswith("_") and node.name not in {*FRAMEWORK, "Meta"}
            if is_ours and not node.name.startswith("clean_"):
                yield node.name, node


def may_be_silent(node: ast.FunctionDef | ast.ClassDef) -> bool:
    """Return whether it needs no docstring: overloads, and properties of one line, whose name says it."""
    marks = {mark.id for mark in node.decorator_list if isinstance(mark, ast.Name)}
    return "overload" in marks or ("property" in marks and len(node.body) == 1)


@pytest.mark.parametrize("path", ours(".py"), ids=inside)
def test_a_module_opens_by_saying_what_lives_here(path):
    text = path.read_text()
    assert not text.strip() or ast.get_docstring(ast.parse(text))


def test_public_functions_say_what_they_mean():
    silent = [
        f"{inside(path)}:{name}"
        for path in ours(".py", below=OUR_APPS)
        for name, node in public_definitions(path)
        if not ast.get_docstring(node) and not may_be_silent(node)
    ]
    assert silent == []


def our_fields() -> Iterator[tuple[str, Field[Any, Any]]]:
    for model in (model for app in OUR_APPS for model in apps.get_app_config(app).get_models()):
        for field in model._meta.concrete_fields:
            if not field.auto_created and not comes_with_django(model, field):
                yield f"{model.__name__}.{field.name}", field


def comes_with_django(model: type[Model], field: Field[Any, Any]) -> bool:
    bases = [base for base in model.__mro__ if base.__module__.startswith("django.contrib") and hasattr(base, "_meta")]
    return any(field.name in {field_of_base.name for field_of_base in base._meta.get_fields()} for base in bases)


def test_every_field_says_what_it_holds():
    assert [name for name, field in our_fields() if not field.help_text] == []

"""Limits of size for modules, functions, views, tests, templates and folders."""

import ast
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.house.files import OUR_APPS, ROOT, inside, ours

MODULE, FUNCTION, VIEW, TEST, TEMPLATE, LINE = 300, 30, 15, 25, 120, 140
TOP_FILES, MODULES_IN_FOLDER = 8, 15
FORBIDDEN_NAMES = {"utils", "services", "selectors", "helpers", "common", "signals", "managers", "misc", "mixins"}
Function = ast.FunctionDef | ast.AsyncFunctionDef


def functions(path: Path) -> Iterator[Function]:
    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, Function):
            yield node


def length(function: Function) -> int:
    """Return the number of lines from `def` to the end, without decorators and docstring."""
    lines = (function.end_lineno or function.lineno) - function.lineno + 1
    first = function.body[0]
    if ast.get_docstring(function) is not None:
        lines -= (first.end_lineno or first.lineno) - first.lineno + 1
    return lines


def budget(path: Path, function: Function) -> int:
    if path.name.startswith("test_") and function.name.startswith("test_"):
        return TEST
    is_view = "views" in path.with_suffix("").parts
    return VIEW if is_view else FUNCTION


def test_no_module_is_too_long():
    sizes = {inside(path): len(path.read_text().splitlines()) for path in ours(".py")}
    assert {name: size for name, size in sizes.items() if size > MODULE} == {}


def test_no_template_is_too_long():
    sizes = {inside(path): len(path.read_text().splitlines()) for path in ours(".html", below=("templates",))}
    assert {name: size for name, size in sizes.items() if size > TEMPLATE} == {}


def test_no_function_view_or_test_is_too_long():
    too_long = {
        f"{inside(path)}:{function.name}": f"{length(function)} rader, högst {budget(path, function)}"
        for path in ours(".py")
        for function in functions(path)
        if length(function) > budget(path, function)
    }
    assert too_long == {}


def test_no_line_of_a_template_style_sheet_or_script_is_too_long():
    longest = {
        inside(path): max(map(len, path.read_text().splitlines()), default=0)
        for path in ours(".html", ".css", ".js", ".mjs")
    }
    assert {name: length for name, length in longest.items() if length > LINE} == {}


def test_the_top_of_an_app_and_its_folders_hold_few_modules():
    counts = Counter(path.parent for path in ours(".py", below=OUR_APPS) if path.name != "__init__.py")
    crowded = {
        inside(folder): number
        for folder, number in counts.items()
        if number > (TOP_FILES if folder.parent == ROOT else MODULES_IN_FOLDER)
    }
    assert crowded == {}


@pytest.mark.parametrize("name", sorted(FORBIDDEN_NAMES))
def test_a_module_is_named_after_a_rule_or_an_event(name):
    assert [inside(path) for path in ours(".py") if name in path.with_suffix("").parts] == []

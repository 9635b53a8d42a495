"""Names in product code: no function called `of`, no two classes with one name, no variable that says nothing."""

import ast
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path

from tests.house.files import OUR_APPS, inside, ours

PRODUCT = ours(".py", below=(*OUR_APPS, "benchmarks", "requirements"))
EMPTY_NAMES = {"one", "found"}
# Django gives these classes their names.
SHARED_CLASS_NAMES = {"Meta", "Migration", "Command"}


def bases(node: ast.ClassDef) -> str:
    return " ".join(map(ast.unparse, node.bases))


def class_names(node: ast.AST, *, nested: bool = False) -> Iterator[str]:
    """Yield the names of the classes below a node, except choices inside a model or form, and QuerySets."""
    for child in ast.iter_child_nodes(node):
        if isinstance(child, ast.ClassDef):
            is_choices = nested and "Choices" in bases(child)
            if not (is_choices or "QuerySet" in bases(child) or child.name in SHARED_CLASS_NAMES):
                yield child.name
            yield from class_names(child, nested=True)
        else:
            yield from class_names(child, nested=nested)


def variables(tree: ast.AST) -> Iterator[str]:
    """Yield the names of parameters and of assigned variables. Names in a class body are fields, and left out."""
    fields = {id(name) for name in class_body_names(tree)}
    for node in ast.walk(tree):
        if isinstance(node, ast.arg):
            yield node.arg
        elif isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store) and id(node) not in fields:
            yield node.id


def class_body_names(tree: ast.AST) -> Iterator[ast.AST]:
    for node in ast.walk(tree):
        if isinstance(node, ast.ClassDef):
            for statement in node.body:
                if isinstance(statement, ast.Assign | ast.AnnAssign):
                    yield from statement.targets if isinstance(statement, ast.Assign) else [statement.target]


def parsed(path: Path) -> ast.Module:
    return ast.parse(path.read_text())


def test_no_function_is_called_of():
    nodes = [(inside(path), node) for path in PRODUCT for node in ast.walk(parsed(path))]
    assert [path for path, node in nodes if isinstance(node, ast.FunctionDef) and node.name == "of"] == []


def test_no_two_classes_have_the_same_name():
    places = defaultdict(list)
    for path in PRODUCT:
        for name in class_names(parsed(path)):
            places[name].append(inside(path))
    assert {name: paths for name, paths in places.items() if len(paths) > 1} == {}


def test_a_variable_says_what_it_holds():
    empty = {inside(path): EMPTY_NAMES.intersection(variables(parsed(path))) for path in PRODUCT}
    assert {path: names for path, names in empty.items() if names} == {}

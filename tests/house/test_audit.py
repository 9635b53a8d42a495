"""What the audit of packages makes of the answers that it gets."""

import importlib.util
import json
from types import ModuleType

import pytest

from tests.house.files import ROOT


@pytest.fixture
def audit() -> ModuleType:
    spec = importlib.util.spec_from_file_location("audit", ROOT / "requirements" / "audit.py")
    assert spec
    assert spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


PYTHON = {
    "dependencies": [
        {"name": "django", "version": "5.2", "vulns": [{"id": "CVE-2026-1", "fix_versions": ["5.2.9"]}]},
        {"name": "pillow", "version": "13", "vulns": []},
        {"name": "segno", "skip_reason": "not found"},
    ]
}
NODE = {"vulnerabilities": {"x": {"via": [{"source": 7, "url": "https://example.org/advisories/GHSA-1"}, "y"]}}}


def run(audit, monkeypatch, python, node):
    answers = {"pip_audit": python, "npm": node}
    monkeypatch.setattr(audit, "_ask", lambda command: answers["pip_audit" if "pip_audit" in command else "npm"])
    return audit.main()


def test_a_known_vulnerability_fails_and_says_what_to_do(audit, monkeypatch, capsys):
    assert run(audit, monkeypatch, PYTHON, NODE) == 1
    said = capsys.readouterr().err
    assert [word in said for word in ("django: CVE-2026-1", "x: GHSA-1", "om 1 fanns inget svar")] == [True] * 3


def test_what_is_accepted_with_a_reason_passes(audit, monkeypatch):
    monkeypatch.setattr(audit, "accepted", lambda: {"CVE-2026-1": "vi använder det inte", "GHSA-1": "bara vid bygge"})
    assert run(audit, monkeypatch, PYTHON, NODE) == 0


@pytest.mark.parametrize("answer", [None, {}, {"error": {"code": "E405"}}, {"dependencies": []}])
def test_no_answer_is_said_and_fails_nothing(audit, monkeypatch, capsys, answer):
    assert run(audit, monkeypatch, answer, answer) == 0
    assert capsys.readouterr().err.count("inte granskade") == 2


def test_each_accepted_one_has_its_reason(audit):
    assert [name for name, reason in audit.accepted().items() if not reason] == []


def test_an_answer_that_is_no_json_is_no_answer(audit):
    assert audit._ask(["echo", "nej"]) is None
    assert audit._ask(["echo", json.dumps({"a": 1})]) == {"a": 1}
    assert audit._ask(["finns-inte-alls"]) is None

"""The files for running in production, as far as they can be checked without a container engine."""

import re
import shlex
import sys
from importlib.util import find_spec
from pathlib import Path

import pytest
import yaml

from tests.house.files import ROOT

COMPOSE = yaml.safe_load((ROOT / "docker-compose.yml").read_text())
SERVICES = COMPOSE["services"]
OURS = {name: service for name, service in SERVICES.items() if service.get("image") == "ostberga"}
PROGRAMS = Path(sys.executable).parent


def variables_of_the_settings() -> set[str]:
    text = "".join(path.read_text() for path in (ROOT / "ostberga" / "settings").glob("*.py"))
    return set(re.findall(r"""(?:\benv|flag|environ\.get|environ\[)[(]?\s*"([A-Z_]+)\"""", text))


def test_compose_has_all_that_production_needs():
    ours = {"web", "worker", "letters", "beat", "migrate", "founding"}
    assert {*ours, "postgres", "valkey", "cache", "proxy"} == set(SERVICES)
    assert SERVICES["postgres"]["image"] == "postgres:18"


@pytest.mark.parametrize("name", OURS)
def test_each_command_of_ours_names_a_program_and_modules_that_exist(name):
    program, *arguments = OURS[name]["command"]
    assert (PROGRAMS / program).exists()
    modules = [word for word in arguments if word.startswith("ostberga.")]
    assert [module for module in modules if find_spec(module) is None] == []
    assert [word for word in arguments if word.endswith(".py") and not (ROOT / word).exists()] == []


def test_every_volume_and_mounted_file_exists():
    mounts = [mount.split(":")[0] for service in SERVICES.values() for mount in service.get("volumes", [])]
    files = [mount for mount in mounts if mount.startswith("./")]
    assert [mount for mount in files if not (ROOT / mount).exists()] == []
    assert {mount for mount in mounts if not mount.startswith("./")} == set(COMPOSE["volumes"])


def test_the_image_copies_only_what_exists():
    lines = [shlex.split(line) for line in (ROOT / "Dockerfile").read_text().splitlines() if line.startswith("COPY")]
    sources = [word for line in lines for word in line[1:-1] if not line[1].startswith("--from")]
    assert [source for source in sources if not (ROOT / source).exists()] == []


def test_the_example_lists_every_variable_that_the_settings_read():
    listed = set(re.findall(r"^([A-Z_]+)=", (ROOT / ".env.example").read_text(), re.MULTILINE))
    assert listed == variables_of_the_settings() | {"POSTGRES_PASSWORD"}


def test_every_variable_in_the_example_is_explained():
    blocks = (ROOT / ".env.example").read_text().split("\n\n")
    assert [block for block in blocks if "=" in block and not block.startswith("#")] == []


def test_the_proxy_logs_nothing_about_the_visitor():
    text = (ROOT / "docs" / "drift" / "Caddyfile").read_text()
    assert "request delete" in text
    assert not re.search(r"^\s*log\s*(\{|$)", text.partition("{$SITE_URL}")[2], re.MULTILINE)

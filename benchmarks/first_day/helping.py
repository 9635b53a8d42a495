"""«Medhjälpare» and «Ta med det ni har»: two who interview, two who code, and a spreadsheet."""

import datetime as dt
from typing import Any

from benchmarks.first_day.beginning import FORM, WRITTEN
from benchmarks.first_day.person import Person
from tests.browser.hands import Desk

PLACE = "norra-berget"
DARK, BENCH = "Gången mellan skolan och bussen är mörk.", "Det vore fint med en bänk vid torget."
AFRAID = "Det är otryggt vid torget när butiken har stängt."
NUMBER = "Ring mig på 070-174 06 05."
SEE, SIT, LIFT = "Vi som vill se vägen", "Vi som vill kunna sitta", "Vi som behöver hissen"
SAFE, OWN = "Vi som vill våga gå", "Vi som vill veta vems lampan är"
IMPORTED = {
    "Fler bänkar vid torget, det finns ingenstans att sitta.": ("Boende", "2026-10-12", SIT),
    "Hissen i port sju har stått stilla i tre veckor.": ("boende", "3 oktober 2026", LIFT),
    "Vi lagar lampor, men ingen vet vem som äger stolpen.": ("Tjänsteperson", "12/10 2026", OWN),
    "Mer ljus på gången bakom skolan.": ("Boende", "2026-10-12", SEE),
}
ROWS = ["Synpunkt\tRoll\tOmråde\tDatum"] + [
    f"{said}\t{role}\tTorget\t{day}" for said, (role, day, _) in IMPORTED.items()
]


class CodersDesk(Desk):
    """The workbench of a coder, whose perspectives are no links."""

    def attached(self, title: str) -> Any:
        """Return the button that takes an attached perspective away."""
        return self.page.get_by_role("button", name=f"Koppla bort {title}")

    def code(self, title: str) -> None:
        """Confirm what others may read, and attach it to a perspective, found by its words or new."""
        self.confirm()
        self.page.get_by_label("Koppla till").fill(title)
        self.page.locator(f'#coding_hits[data-asked="{title}"]').wait_for()
        if self.page.locator("#coding_hits button").count():
            self.attach(title)
        else:
            self.new_perspective(title)

    def finish(self) -> None:
        """Say that the whole note has been gone through."""
        with self.page.expect_response(lambda reply: reply.request.method == "POST"):
            self.press("Hela anteckningen är genomgången")
        self.page.get_by_text("Läst", exact=True).first.wait_for()


def invite(kim: Person, name: str, task: str) -> None:
    """Invite somebody who is to help."""
    kim.menu("Samverkan", "Personer")
    kim.follow("Bjud in en person")
    kim.show_that_it_is_her()
    kim.fill("E-post", f"{name.lower()}@nordstad.example")
    kim.fill("Namn", name)
    kim.choose("Ska hjälpa till som", task)
    kim.fill("Till och med", (dt.datetime.now(tz=dt.UTC).date() + dt.timedelta(days=90)).isoformat())
    kim.press("Skicka inbjudan")
    kim.show_that_it_is_her()
    kim.see(f"Inbjudan till {name}")


def write_down(leader: Person, said: list[str], heard: dict[str, int]) -> None:
    """A conversation leader writes down a conversation of hers, and sees no other's."""
    leader.follow("Dina samtal")
    leader.see("Inga samtal än")
    leader.follow("Nytt samtal")
    leader.fill("Vad sades?", "\n\n".join(said))
    for role, number in heard.items():
        leader.fill(role, str(number))
    leader.press("Spara och visa lappen")
    leader.see("Tack för samtalet!")


def bring_the_spreadsheet(kim: Person) -> None:
    """Paste the rows that the office has, answer what is unclear, and store them."""
    kim.menu("Lyssna", "Formulär")
    kim.follow(FORM)
    kim.follow("Klistra in från Excel")
    kim.page.locator("main textarea").first.fill("\n".join(ROWS))
    kim.press("Granska raderna")
    kim.choose("«Torget»", "Ny plats: Torget")
    kim.press("Granska igen")
    kim.press(f"Spara {len(IMPORTED)} svar")
    kim.see("De nya platserna är skapade.")
    kim.press(f"Spara {len(IMPORTED)} svar")
    kim.see(f"{len(IMPORTED)} svar är sparade.")


def deal(kim: Person) -> None:
    """Deal what is to be read to the two coders: the oldest texts first."""
    kim.menu("Lyssna", "Högar")
    for coder, number in (("Karin", len(IMPORTED)), ("Kaj", 3)):
        kim.choose("Till", coder)
        kim.fill("Hur många", str(number))
        kim.press("Dela ut")
        kim.see(f"{coder} har fått {number} texter att läsa och koda.")


def code_the_answers(karin: Person) -> None:
    """Read, confirm and attach each text of the pile: what the office had."""
    karin.open("/mitt/")
    karin.follow("Koda")
    desk = CodersDesk(karin.page, PLACE)
    for said, (_, _, perspective) in IMPORTED.items():
        desk.read(said)
        desk.code(perspective)
    desk.go("coding")
    karin.see("Din hög är läst")


def code_the_conversations(kaj: Person) -> None:
    """Read the newest answer, and cut the conversations into statements."""
    kaj.open("/mitt/")
    kaj.follow("Koda")
    desk = CodersDesk(kaj.page, PLACE)
    desk.read(WRITTEN)
    desk.code(SEE)
    for note in ({f"{DARK} {NUMBER}": SEE, BENCH: SIT}, {AFRAID: SAFE}):
        desk.read(next(iter(note)).partition(".")[0])  # what is found in the text is marked with words between
        for said, perspective in note.items():
            desk.cut(said)
            desk.code(perspective)
        desk.finish()
    desk.go("coding")
    kaj.see("Din hög är läst")


def code_again(kim: Person, karin: Person) -> None:
    """Karin codes two of Kaj's statements a second time, without seeing how he did, and both are compared."""
    kim.menu("Lyssna", "Högar")
    kim.choose("Till", "Karin")
    kim.tick("Koda en andra gång")
    kim.fill("Hur många", "2")
    kim.press("Dela ut")
    karin.open("/mitt/")
    karin.follow("Koda igen")
    karin.follow("Koda nästa utsaga")
    for _ in range(2):
        karin.tick(SEE)
        karin.press("Spara och ta nästa")
    kim.menu("Lyssna", "Högar")
    kim.follow("koda en andra gång")
    kim.see("Karin kodade 2 utsagor en andra gång.")

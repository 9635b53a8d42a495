"""«Så börjar en kommun»: from the printed code to the first answer."""

from benchmarks.first_day.person import PASSWORD, Person

REGISTRY, COORDINATOR = "registrator@nordstad.example", "kim@nordstad.example"
FORM, DIALOGUE = "Trivs du här?", "Hela Norra berget"
QUESTION = "Vad gör att du trivs på Norra berget, och vad skulle göra det bättre?"
WRITTEN = "Lamporna vid gången till bussen är trasiga."
FOUNDING = {
    "Ditt namn": "Ida på IT",
    "Din e-post": "ida@nordstad.example",
    "Välj ett lösenord": PASSWORD,
    "Kommun": "Nordstad",
    "Nämndens eller bolagets namn": "Stadsdelsnämnden Norr",
    "Kort namn för nämnden eller bolaget": "SDN Norr",
    "Registratorns e-post": REGISTRY,
    "Andras domäner": "polisen.example",
    "Samverkans namn": "Samverkan Norra berget",
    "Samverkan i webbadressen": "norra-berget",
    "Område": "Norra berget",
    "E-post för frågor": "norraberget@nordstad.example",
    "Samordnarens namn": "Kim Berg",
    "Samordnarens e-post": COORDINATOR,
}
TEXTS = {
    "Syfte": "Vi vill veta vad som gör att folk trivs. Svaren blir en rapport före jul.",
    "Det här kan påverkas": "Lampor, bänkar, skötsel och vad som händer i lokalerna.",
    "Det här kan inte påverkas": "Detaljplanen och hyrorna.",
    "Vem bestämmer?": "Stadsdelsnämnden om skötseln, kommunstyrelsen om lampor.",
}


def found(ida: Person, code: str) -> None:
    """Whoever installs founds the collaboration with the code that was printed."""
    ida.open("/grunda/")
    ida.fill("Engångskod", code)
    for label, words in FOUNDING.items():
        ida.fill(label, words)
    ida.tick("En nämnd")
    ida.tick("Somaliska")
    ida.press("Grunda")
    ida.see("är grundad")


def see_the_site(ida: Person) -> None:
    """She adds her second step and comes to the page of the installation, and tries the letters there."""
    ida.add_the_app()
    ida.see("Så mår tjänsten")
    ida.press("Skicka ett provbrev till mig")


def confirm(registrar: Person, letter: str) -> None:
    """The registry of the data controller says yes."""
    registrar.open(letter)
    registrar.press("Ja, vi bekräftar")
    registrar.see("Nu är Kim Berg samordnare")


def begin(kim: Person, letter: str) -> None:
    """The coordinator comes in, and begins with the list of what remains."""
    kim.join(letter)
    kim.follow("Så kommer ni igång")
    kim.see("Ingen fråga är vald.")


def ask(kim: Person) -> None:
    """She writes the dialogue and its question, and makes a form."""
    kim.follow("Börja en dialog")
    kim.fill("Namn", DIALOGUE)
    kim.fill("Den nya frågan", QUESTION)
    kim.press("Skapa dialogen")
    for label, words in TEXTS.items():
        kim.fill(label, words)
    kim.press("Spara")
    kim.see("Sparat.")
    kim.menu("Lyssna", "Formulär")
    kim.follow("Nytt formulär")
    kim.tick_beginning("Perspektivinsamling")
    kim.fill("Formulärets namn", FORM)
    kim.press("Skapa formuläret")


def open_the_form(kim: Person) -> None:
    """She plans a wave, begins the dialogue although the partners are to come this week, and opens."""
    kim.follow("Planera en omgång")
    kim.fill("Namn", "Hösten 2026")
    kim.press("Spara")
    kim.follow("Börja dialogen")
    kim.tick("Börja ändå, fast något saknas")
    kim.fill("Varför ändå?", "Parterna tas med den här veckan.")
    kim.press("Börja dialogen")
    kim.menu("Lyssna", "Formulär")
    kim.follow(FORM)
    kim.press("Öppna för svar")
    kim.see("Formuläret går att svara på nu.")


def answer(resident: Person) -> None:
    """A resident answers, and gets a code. Reading what happens next is her own time: the answer is there."""
    resident.open("/")
    resident.follow("Svara på frågan")
    resident.page.locator("textarea").first.fill(WRITTEN)
    resident.effort.signs += len(WRITTEN)
    resident.page.get_by_role("button", name="Skicka svaret", exact=True).click()
    resident.effort.acts += 1
    resident.page.wait_for_url("**/kvitto/")
    assert resident.page.locator("#code").inner_text()

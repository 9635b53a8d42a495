"""Page objects for the stories: the coordinator in the workshop, and an official on her phone."""

import re

from django.urls import reverse
from playwright.sync_api import Locator, Page, expect

from dialogue.models import Issue, WorkingGroup
from tests.browser.hands import Desk, sign_in

SEATS = (("Boende", ""), ("Förtroendevald", ""), ("Tjänsteperson", "Trafikkontoret"))


class Workshop(Desk):
    """Åke's work with one issue, from its first step to its answer."""

    def __init__(self, page: Page, issue: Issue, email: str) -> None:
        super().__init__(page, issue.dialogue.collaboration.slug)
        self.issue = issue
        sign_in(page, email)
        page.wait_for_url("**/mitt/")

    def fill(self, label: str, words: str) -> None:
        """Fill a field, found by the start of its label."""
        self.page.get_by_label(re.compile(rf"^\s*{re.escape(label)}")).first.fill(words)

    def follow(self, link: str) -> None:
        """Follow a link, found by its text."""
        self.page.get_by_role("main").get_by_role("link", name=link, exact=True).click()

    def expect_text(self, words: str) -> None:
        """Expect the page to show a text."""
        expect(self.page.get_by_text(words).first).to_be_visible()

    def climb(self, to: str) -> None:
        """Move up one step, with nothing missing."""
        self.go("issue-move", self.issue.pk)
        expect(self.page.get_by_text("Flytta ändå")).to_have_count(0)
        self.page.get_by_label("Vidare till steg").check()
        self.press("Flytta frågan")
        self.expect_text(f"Frågan står nu på steget {to}.")

    def form_group(self) -> None:
        """Form a group of three that meets, with minutes approved by the resident."""
        self.page.goto(reverse("coordinate:group-new", args=[self.slug]) + f"?fraga={self.issue.pk}")
        self.fill("Namn", "Ljus")
        self.press("Bilda gruppen")
        for role, body in SEATS:
            self.follow("Ny plats")
            self.page.get_by_label(role, exact=True).check()
            self.page.get_by_label(re.compile(r"^\s*Organisation")).select_option(label=body or "Ingen")
            self.press("Lägg till platsen")

    def meet(self) -> None:
        """Record a meeting where all were present; two without an account approve the minutes on paper."""
        self.follow("Skriv in ett möte")
        for checkbox in self.page.get_by_role("group", name="Vilka var med?").get_by_role("checkbox").all():
            checkbox.check()
        for seat in ("Boende 1", "Tjänsteperson 1"):
            self.page.get_by_role("group", name="Vilka justerar?").get_by_label(re.compile(rf"^\s*{seat}")).check()
        self.fill("Vad kom ni fram till?", "Lampor vid bänken också.")
        self.press("Skriv in mötet")
        for _ in range(2):
            self.page.get_by_role("button", name="Justerat på papper").first.click()
        self.expect_text("Så ser alla protokollet")
        self.go("group", WorkingGroup.objects.get().pk)

    def propose(self, title: str, perspective: str, deciders: dict[str, str]) -> None:
        """Write a proposal that answers a perspective and that the group stands behind."""
        self.follow("Skriv ett förslag")
        self.page.get_by_role("main").get_by_role("link", name=re.compile(str(self.issue))).click()
        self.fill("Förslaget i några ord", title)
        self.fill("Vad som ska göras", "Sätt upp sex lampor till längs stråket.")
        self.page.get_by_label(perspective).select_option(label="Förslaget svarar mot det")
        for body, form in deciders.items():
            self.page.get_by_label(body, exact=True).select_option(label=form)
        self.press("Spara utkastet")
        self.follow("Gruppen står bakom det")
        self.fill("Vilka höll inte med", "Ingen")
        self.press("Gruppen står bakom")
        self.expect_text("Gruppen står bakom förslaget.")

    def request_decision(self, title: str) -> None:
        """Request a decision from the bodies that the proposal names."""
        self.go("proposals")
        self.follow(title)
        self.follow("Begär beslut")
        self.press("Skicka frågan")
        self.expect_text("Frågan är ställd.")

    def plan(self, title: str, lead: str) -> None:
        """Plan an activity under the decision, and ask a body to lead it."""
        self.follow("Planera en aktivitet")
        self.fill("Vad som ska göras", title)
        self.fill("När", "2027")
        self.press("Planera aktiviteten")
        self.follow("Fråga om ansvar")
        whom = self.page.get_by_label("Vem frågar du?")
        whom.select_option(whom.get_by_role("option", name=f"{lead}: brev till").get_attribute("value"))
        self.fill("Vad ber du dem om?", "Sätta upp lamporna.")
        self.press("Skicka frågan")

    def close(self, answer: str) -> None:
        """Close the issue with its answer."""
        self.go("issue-move", self.issue.pk)
        self.follow("Avsluta med ett svar")
        self.fill("Svar till dem som frågade", answer)
        self.press("Avsluta frågan")
        self.expect_text("Frågan är avslutad.")


class Official:
    """Somebody who belongs to a body, on her phone, from her desk at /mitt/."""

    def __init__(self, page: Page, email: str) -> None:
        self.page = page
        sign_in(page, email)
        page.wait_for_url("**/mitt/")

    def press(self, name: str) -> None:
        """Press a button, found by its text."""
        self.page.get_by_role("button", name=name, exact=True).click()

    def open(self, words: str) -> None:
        """Open something on her desk, found by its text."""
        self.page.goto(reverse("desk"))
        self.page.get_by_role("main").get_by_role("link", name=words).first.click()

    def unfold(self, words: str) -> Locator:
        """Unfold a summary."""
        self.page.locator("summary", has_text=re.compile(words)).first.click()
        return self.page.locator("details[open]").first

    def confirm_read(self, body: str) -> None:
        """Confirm that the body has read the report."""
        self.page.goto(reverse("desk"))
        self.unfold("^Ja, vi har läst").get_by_role("button", name=f"{body} har läst rapporten").click()
        expect(self.page.get_by_text(f"Nu står det att {body} har läst rapporten.")).to_be_visible()

    def approve(self, title: str, item: str = "") -> None:
        """Approve, in one step."""
        self.open(title)
        if item:
            self.page.get_by_label("Punkt i er delegationsordning").first.fill(item)
        self.press("Godkänn")
        expect(self.page.get_by_role("heading", name="Ert svar är inskrivet")).to_be_visible()

    def refuse(self, title: str, why: str) -> None:
        """Refuse, with the reason."""
        self.open(title)
        self.unfold("^Nej$").locator("textarea").first.fill(why)
        self.press("Säg nej")
        expect(self.page.get_by_text("helheten avslagen")).to_be_visible()

    def accept(self, activity: str) -> None:
        """Accept to lead an activity."""
        self.open(f"Kan ni ansvara för «{activity}»?")
        self.page.get_by_label("Ja, det gör vi").check()
        self.press("Skicka svaret")
        expect(self.page.get_by_text("Nu är det ert åtagande.")).to_be_visible()

    def start(self, activity: str) -> None:
        """Start the activity."""
        self.open(activity)
        self.press("Börja nu")
        expect(self.page.get_by_text("Nu pågår aktiviteten.")).to_be_visible()

    def tell(self, words: str) -> None:
        """Add public news."""
        self.page.get_by_label("Vad har hänt?").fill(words)
        self.press("Berätta för alla")
        expect(self.page.get_by_text("Nu ser alla hur det går.")).to_be_visible()

    def end_well(self, outcome: str) -> None:
        """End it as done, with the outcome."""
        folded = self.unfold("^Avsluta$")
        folded.get_by_label("Klar: det blev gjort").check()
        folded.get_by_label("Hur gick det?", exact=True).fill(outcome)
        self.press("Avsluta aktiviteten")
        expect(self.page.get_by_text("Aktiviteten är avslutad.")).to_be_visible()

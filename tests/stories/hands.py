"""What Åke does in the workshop and an official on her phone when an issue goes from voices to a changed lamp."""

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
        """A field, by the start of its label."""
        self.page.get_by_label(re.compile(rf"^\s*{re.escape(label)}")).first.fill(words)

    def follow(self, link: str) -> None:
        """A link, by what stands on it."""
        self.page.get_by_role("main").get_by_role("link", name=link, exact=True).click()

    def told(self, words: str) -> None:
        """What the page says afterwards."""
        expect(self.page.get_by_text(words).first).to_be_visible()

    def climb(self, to: str) -> None:
        """Up one step, with nothing missing."""
        self.go("issue-move", self.issue.pk)
        expect(self.page.get_by_text("Flytta ändå")).to_have_count(0)
        self.page.get_by_label("Vidare till steg").check()
        self.press("Flytta frågan")
        self.told(f"Frågan står nu på steget {to}.")

    def form_group(self) -> None:
        """A group of three that has met, with its notes approved by the resident."""
        self.page.goto(reverse("coordinate:group-new", args=[self.slug]) + f"?fraga={self.issue.pk}")
        self.fill("Namn", "Ljus")
        self.press("Bilda gruppen")
        for role, body in SEATS:
            self.follow("Ny plats")
            self.page.get_by_label(role, exact=True).check()
            self.page.get_by_label(re.compile(r"^\s*Organisation")).select_option(label=body or "Ingen")
            self.press("Lägg till platsen")

    def meet(self) -> None:
        """A meeting where all were; two of those without an account approve the minutes on paper."""
        self.follow("Skriv in ett möte")
        for one in self.page.get_by_role("group", name="Vilka var med?").get_by_role("checkbox").all():
            one.check()
        for seat in ("Boende 1", "Tjänsteperson 1"):
            self.page.get_by_role("group", name="Vilka justerar?").get_by_label(re.compile(rf"^\s*{seat}")).check()
        self.fill("Vad kom ni fram till?", "Lampor vid bänken också.")
        self.press("Skriv in mötet")
        for _ in range(2):
            self.page.get_by_role("button", name="Justerat på papper").first.click()
        self.told("Så ser alla protokollet")
        self.go("group", WorkingGroup.objects.get().pk)

    def propose(self, title: str, perspective: str, deciders: dict[str, str]) -> None:
        """A proposal that answers a perspective, stood behind by the group."""
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
        self.told("Gruppen står bakom förslaget.")

    def request_decision(self, title: str) -> None:
        """The bodies that the proposal names get their letters."""
        self.go("proposals")
        self.follow(title)
        self.follow("Begär beslut")
        self.press("Skicka frågan")
        self.told("Frågan är ställd.")

    def plan(self, title: str, lead: str) -> None:
        """An activity that rests on the decision, and a body asked to lead it."""
        self.follow("Planera en aktivitet")
        self.fill("Vad som ska göras", title)
        self.fill("När", "2027")
        self.press("Planera aktiviteten")
        self.follow("Fråga om ansvar")
        self.page.get_by_label("Vem frågar du?").select_option(label=lead)
        self.fill("Vad ber du dem om?", "Sätta upp lamporna.")
        self.press("Skicka frågan")

    def close(self, answer: str) -> None:
        """The answer to those who asked."""
        self.go("issue-move", self.issue.pk)
        self.follow("Avsluta med ett svar")
        self.fill("Svar till dem som frågade", answer)
        self.press("Avsluta frågan")
        self.told("Frågan är avslutad.")


class Official:
    """Someone with a body, on her phone: what waits for her at /mitt/."""

    def __init__(self, page: Page, email: str) -> None:
        self.page = page
        sign_in(page, email)
        page.wait_for_url("**/mitt/")

    def press(self, name: str) -> None:
        """A button, by what stands on it."""
        self.page.get_by_role("button", name=name, exact=True).click()

    def open(self, words: str) -> None:
        """Something on her desk, by what stands on it."""
        self.page.goto(reverse("desk"))
        self.page.get_by_role("main").get_by_role("link", name=words).first.click()

    def unfold(self, words: str) -> Locator:
        """What lies behind a line that unfolds."""
        self.page.locator("summary", has_text=re.compile(words)).first.click()
        return self.page.locator("details[open]").first

    def confirm_read(self, body: str) -> None:
        """The body has read the report that waits."""
        self.page.goto(reverse("desk"))
        self.unfold("^Ja, vi har läst").get_by_role("button", name=f"{body} har läst rapporten").click()
        expect(self.page.get_by_text(f"Nu står det att {body} har läst rapporten.")).to_be_visible()

    def approve(self, title: str, item: str = "") -> None:
        """Yes, in one step."""
        self.open(title)
        if item:
            self.page.get_by_label("Punkt i er delegationsordning").first.fill(item)
        self.press("Godkänn")
        expect(self.page.get_by_role("heading", name="Ert svar är inskrivet")).to_be_visible()

    def refuse(self, title: str, why: str) -> None:
        """No, and why."""
        self.open(title)
        self.unfold("^Nej$").locator("textarea").first.fill(why)
        self.press("Säg nej")
        expect(self.page.get_by_text("helheten avslagen")).to_be_visible()

    def accept(self, activity: str) -> None:
        """Yes to leading an activity."""
        self.open(f"Kan ni ansvara för «{activity}»?")
        self.page.get_by_label("Ja, det gör vi").check()
        self.press("Skicka svaret")
        expect(self.page.get_by_text("Nu är det ert åtagande.")).to_be_visible()

    def start(self, activity: str) -> None:
        """Begin."""
        self.open(activity)
        self.press("Börja nu")
        expect(self.page.get_by_text("Nu pågår aktiviteten.")).to_be_visible()

    def tell(self, words: str) -> None:
        """News for everybody."""
        self.page.get_by_label("Vad har hänt?").fill(words)
        self.press("Berätta för alla")
        expect(self.page.get_by_text("Nu ser alla hur det går.")).to_be_visible()

    def end_well(self, outcome: str) -> None:
        """Klar, and how it went."""
        folded = self.unfold("^Avsluta$")
        folded.get_by_label("Klar: det blev gjort").check()
        folded.get_by_label("Hur gick det?", exact=True).fill(outcome)
        self.press("Avsluta aktiviteten")
        expect(self.page.get_by_text("Aktiviteten är avslutad.")).to_be_visible()

"""Browser steps of a working group's coordinator and members, from the invitation to the locked minutes."""

import re

from django.urls import reverse
from playwright.sync_api import Locator, Page, expect

from actors.models import Letter
from dialogue.models import Meeting, Proposal, WorkingGroup
from tests.browser.hands import sign_in
from tests.stories.hands import Workshop

PASSWORD = "stavlampa-och-sol-7"


def link_in(letter: Letter, words: str) -> str:
    """The path of the first link in a letter that holds these words."""
    match = re.search(rf"https?://[^/\s]+(/\S*{words}\S*)", letter.text)
    assert match, letter.text
    return match.group(1)


class Chairing(Workshop):
    """Steps of the coordinator: invite to a seat, call to a meeting, let the group stand behind a proposal."""

    def invite(self, group: WorkingGroup, email: str) -> None:
        """Invite a resident to a seat by e-mail."""
        self.go("seat-new", group.pk)
        self.page.get_by_label("Boende", exact=True).check()
        self.fill("E-post", email)
        self.fill("Namn i brevet", "Rut")
        self.press("Lägg till platsen")
        self.expect_text("Boende 3")

    def call(self, group: WorkingGroup, on: str) -> None:
        """Plan a meeting with the suggested points and send the call."""
        self.page.goto(reverse("meeting-plan", args=[group.pk]))
        for label, words in (("Dag", on), ("Börjar", "17:30"), ("Slutar", "19:00"), ("Plats", "Biblioteket")):
            self.fill(label, words)
        self.press("Spara och se kallelsen")
        self.press("Skicka kallelsen")
        self.expect_text("Skickades")

    def stand_behind(self, draft: Proposal, perspective: str, body: str) -> None:
        """Fill in what the minutes do not hold, and record that the group stands behind the proposal."""
        self.go("proposal-edit", draft.pk)
        self.page.get_by_label(perspective).select_option(label="Förslaget svarar mot det")
        self.page.get_by_label(body, exact=True).select_option(label="Delegationsbeslut")
        self.press("Spara utkastet")
        self.follow("Gruppen står bakom det")
        self.press("Gruppen står bakom")
        self.expect_text("Gruppen står bakom förslaget.")


class Member:
    """Steps of a member of the group."""

    def __init__(self, page: Page, email: str) -> None:
        self.page = page
        sign_in(page, email)
        page.wait_for_url("**/mitt/")

    def press(self, name: str) -> None:
        """Press a button by its name."""
        self.page.get_by_role("button", name=name, exact=True).click()

    def go_to(self, meeting: Meeting) -> None:
        """Go from the desk to the group, and on to the meeting."""
        self.page.goto(reverse("desk"))
        self.page.get_by_role("link", name=re.compile(f"^{meeting.group}")).first.click()
        self.page.get_by_role("heading", level=1, name=str(meeting.group)).wait_for()
        self.page.goto(reverse("my-meeting", args=[meeting.pk]))

    def write(self, words: str, key: str = "") -> Locator:
        """Write a new line; with `key` it becomes another kind than a note."""
        box = self.page.locator("[data-line][data-version='0'] [data-text]").first
        box.wait_for()
        self.page.wait_for_load_state("load")  # what is typed before the page's script has run is not seen by it
        line = box.locator("xpath=ancestor::li")
        line = self.page.locator(f"[data-line='{line.get_attribute('data-line')}']")
        line.locator("[data-text]").fill(words)
        if key:
            line.locator("[data-text]").press(key)
        self.saved()
        return line

    def saved(self) -> None:
        """Wait until everything typed is saved."""
        expect(self.page.locator("[data-unsaved]")).to_have_count(0)
        expect(self.page.locator("[data-minutes-status]")).to_contain_text("Sparat")

    def sees(self, words: str) -> None:
        """Wait until a line with these words, written by somebody else, is on the page."""
        lines = "() => [...document.querySelectorAll('[data-text]')].map((field) => field.value).join('\\n')"
        self.page.wait_for_function(f"(words) => ({lines})().includes(words)", arg=words)

    def tick(self, group: str, *seats: str) -> None:
        """Tick boxes under a heading."""
        for seat in seats:
            self.page.get_by_role("group", name=group).get_by_label(re.compile(rf"^\s*{seat}")).check()
        self.saved()

    def object_to(self, group: WorkingGroup, why: str) -> None:
        """Object to the draft, with a reason, on the group's own page."""
        self.page.goto(reverse("my-group", args=[group.pk]))
        self.page.get_by_label("Invändning").check()
        self.page.get_by_label("Varför?").fill(why)
        self.page.get_by_role("button", name=re.compile("^Spara ställningstagandet")).click()
        expect(self.page.get_by_text("Du har tagit ställning").first).to_be_visible()

    def approve(self, meeting: Meeting) -> None:
        """Approve the minutes."""
        self.page.goto(reverse("my-meeting", args=[meeting.pk]))
        self.press("Jag har läst: det stämmer")


def accept_seat(page: Page, email: str) -> Member:
    """Accept the invitation in a letter, with a new account."""
    page.goto(link_in(Letter.objects.get(to=email, kind="invitation"), "valkommen"))
    page.get_by_label("Välj ett lösenord").fill(PASSWORD)
    page.get_by_role("button", name="Gör kontot klart").click()
    page.wait_for_url("**/mitt/")
    member = Member.__new__(Member)
    member.page = page
    return member

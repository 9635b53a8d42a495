"""Followers of issues. Never linked to an answer, in time or otherwise."""

import datetime as dt
import uuid
from collections.abc import Iterable

from django.db import models, transaction
from django.db.models import Exists, Max, OuterRef, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from actors.models import DeadAddress, Letter
from dialogue.models.issue import Issue
from dialogue.models.news import News
from ostberga.lib.coarse_dates import month_of, months_before
from ostberga.lib.web.secret_links import derived_token, token_hash

# The purpose of its secret links.
LINK = "follower"
# An address that is not confirmed is deleted when this many whole months have passed: only the month is stored.
MONTHS_TO_CONFIRM = 1
# At most so many letters a month ask the same address to confirm, so that nobody can fill somebody's inbox.
LETTERS_A_MONTH = 3
# The kinds of letters to followers: the one that asks for confirmation, and the news.
LETTERS = ("follow", "news")


class FollowerQuerySet(models.QuerySet["Follower"]):
    """Followers by link and by confirmation."""

    def holding(self, token: str) -> "FollowerQuerySet":
        """The follower whose letters have this link."""
        return self.filter(token_hash=token_hash(LINK, token))

    def never_confirmed(self, today: dt.date) -> "FollowerQuerySet":
        """Those whose unconfirmed address should be deleted."""
        return self.filter(confirmed_on__isnull=True, asked_on__lt=months_before(today, MONTHS_TO_CONFIRM))

    def to_tell(self, through: int, today: dt.date) -> "FollowerQuerySet":
        """Confirmed followers that may lack news up to this number, have had no letter today and take letters."""
        no_letter_today = Q(told_on__isnull=True) | Q(told_on__lt=today)
        is_dead = Exists(DeadAddress.objects.filter(email=OuterRef("email")))
        return self.filter(no_letter_today, ~is_dead, confirmed_on__isnull=False, told_through__lt=through)


class Wish(models.TextChoices):
    """How much a follower wants to hear."""

    EVERY = "every", _("allt som händer")
    RESULT = "result", _("bara svar och resultat")


def this_month() -> dt.date:
    """Return the first of this month."""
    return month_of(timezone.localdate())


class Follower(models.Model):
    """An address that wants news. Each batch rewrites all of them in random order, so no row tells when it came."""

    id = models.UUIDField(
        primary_key=True, default=uuid.uuid4, editable=False, help_text="Slumpat, så att ordningen inget säger."
    )
    email = models.EmailField("e-post", unique=True, help_text="Dit nyheter skickas, sedan adressen bekräftats.")
    language = models.CharField("språk", max_length=2, default="sv", help_text="Språket breven skrivs på.")
    token_hash = models.CharField(max_length=64, unique=True, help_text="Hash av länken som bekräftar och avslutar.")
    asked_on = models.DateField("bad om det", default=this_month, help_text="Den första i månaden, aldrig dagen.")
    letters = models.PositiveSmallIntegerField(
        "frågade brev", default=0, help_text="Hur många brev som den månaden bett henne bekräfta."
    )
    confirmed_on = models.DateField(
        "bekräftad", null=True, blank=True, help_text="Den första i månaden då adressen bekräftades."
    )
    wish = models.CharField(
        "vill höra", max_length=6, choices=Wish.choices, default=Wish.EVERY, help_text="Allt, eller bara resultat."
    )
    told_through = models.PositiveBigIntegerField(
        "berättat till", default=0, help_text="Numret på den senaste nyhet som brevutskicket har gått igenom för henne."
    )
    told_on = models.DateField(
        "senaste brev", null=True, blank=True, help_text="Högst ett brev om dagen; töms när dagen är slut."
    )
    issues: "models.ManyToManyField[Issue, FollowedIssue]" = models.ManyToManyField(
        Issue, through="FollowedIssue", related_name="followers", help_text="Frågorna som följs."
    )

    objects = FollowerQuerySet.as_manager()

    class Meta:
        verbose_name = "följare"
        verbose_name_plural = "följare"
        constraints = [
            models.CheckConstraint(condition=Q(wish__in=Wish.values), name="follower_wish_is_known"),
            models.CheckConstraint(condition=Q(asked_on__day=1), name="follower_keeps_the_month_asked"),
            models.CheckConstraint(
                condition=Q(confirmed_on__isnull=True) | Q(confirmed_on__day=1),
                name="follower_keeps_the_month_confirmed",
            ),
        ]

    def __str__(self) -> str:
        return "en följare"

    @property
    def token(self) -> str:
        """The end of her link. Computed for each letter, so that only its hash is stored."""
        return derived_token(LINK, self.pk)

    def renew_link(self) -> str:
        """Return the token for a letter that is about to be written, and store its hash if LINK_KEY has been changed.

        Without it the links in all later letters would be dead after such a change, also the one that stops them.
        """
        if self.token_hash != (current := token_hash(LINK, self.token)):
            self.token_hash = current
            self.save(update_fields=["token_hash"])
        return self.token

    @classmethod
    def at(cls, email: str, *, language: str, wish: str = Wish.EVERY) -> "Follower":
        """Return the follower with this address, locked; created if there is none."""
        new = cls(email=email)
        says = {"language": language, "wish": wish}
        values = {"id": new.pk, "token_hash": token_hash(LINK, new.token), **says}
        follower, is_new = cls.objects.select_for_update(no_key=True).get_or_create(email=email, defaults=values)
        # A confirmed one is only changed with the link in her letters.
        if not is_new and follower.confirmed_on is None:
            follower.language, follower.wish = language, wish
            follower.save(update_fields=["language", "wish"])
        return follower

    @transaction.atomic
    def ask_for(self, issues: Iterable[Issue]) -> bool:
        """Follow these issues, unconfirmed. Returns whether a letter that asks for confirmation must be sent."""
        created = [FollowedIssue.objects.get_or_create(follower=self, issue=issue)[1] for issue in issues]
        if self.asked_on != this_month():
            self.asked_on, self.letters = this_month(), 0
        # The letter can be sent again if it was lost. The link in any of them confirms all that she has asked for.
        asks = (any(created) or self.confirmed_on is None) and self.letters < LETTERS_A_MONTH
        self.letters += asks
        self.save(update_fields=["asked_on", "letters"])
        return asks

    @transaction.atomic
    def confirm(self) -> None:
        """Confirm the address and all that it follows. News collected before the first confirmation is not sent."""
        self.refresh_from_db(from_queryset=Follower.objects.select_for_update(no_key=True))
        if self.confirmed_on is None:
            self.confirmed_on = this_month()
            self.told_through = News.objects.aggregate(last=Max("pk"))["last"] or 0
            self.save(update_fields=["confirmed_on", "told_through"])
        self.followed.filter(confirmed_on__isnull=True).update(confirmed_on=this_month())

    @transaction.atomic
    def prefer(self, *, wish: str, language: str) -> None:
        """Change how much she wants to hear, and in which language."""
        self.refresh_from_db(from_queryset=Follower.objects.select_for_update(no_key=True))
        self.wish, self.language = wish, language
        self.save(update_fields=["wish", "language"])

    @transaction.atomic
    def unfollow(self, issue: Issue) -> None:
        """Stop following this issue."""
        self.followed.filter(issue=issue).delete()

    @transaction.atomic
    def forget(self) -> None:
        """Delete the address, what it follows, the letters to it, and the mark that it takes none."""
        DeadAddress.objects.filter(email=self.email).delete()
        Letter.objects.filter(kind__in=LETTERS, to=self.email).delete()
        self.delete()


class FollowedIssue(models.Model):
    """Links a follower to an issue."""

    id = models.UUIDField(
        primary_key=True, default=uuid.uuid4, editable=False, help_text="Slumpat, så att ordningen inget säger."
    )
    follower = models.ForeignKey(Follower, models.CASCADE, related_name="followed", help_text="Följaren.")
    issue = models.ForeignKey(Issue, models.CASCADE, related_name="followed_by", help_text="Sakfrågan.")
    confirmed_on = models.DateField(
        "bekräftad",
        null=True,
        blank=True,
        help_text="Den första i månaden då den som äger adressen sa ja; inga nyheter före det.",
    )

    class Meta:
        verbose_name = "följd fråga"
        verbose_name_plural = "följda frågor"
        constraints = [
            models.UniqueConstraint(fields=["follower", "issue"], name="followed_once"),
            models.CheckConstraint(
                condition=Q(confirmed_on__isnull=True) | Q(confirmed_on__day=1), name="followed_keeps_the_month"
            ),
        ]

    def __str__(self) -> str:
        return str(self.issue)

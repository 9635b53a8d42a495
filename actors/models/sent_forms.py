"""Words kept for the one who typed them, and acts that must not be done twice. Neither row says whose it is."""

from django.db import models
from django.utils import timezone


class KeptWords(models.Model):
    """What somebody typed that could not be received, for at most an hour.

    The key is only in the address of the page where she gets it back: the row holds its hash, and the words are
    encrypted with a key derived from it, so that the database and all keys of the server together cannot read them.
    """

    key_hash = models.CharField("nyckel", max_length=64, primary_key=True, help_text="Hash av nyckeln i adressen.")
    sealed = models.TextField("innehåll", help_text="Orden, krypterade med nyckeln i adressen; vems, och vilken sida.")
    kept_at = models.DateTimeField("när", default=timezone.now, db_index=True, help_text="Tas bort inom en timme.")

    class Meta:
        verbose_name = "ord som väntar"
        verbose_name_plural = "ord som väntar"

    def __str__(self) -> str:
        return f"{self.kept_at:%Y-%m-%d %H:%M}"


class SentForm(models.Model):
    """One act done from one rendering of a page. The same words from the same rendering lead to the same outcome."""

    act_hash = models.CharField("handling", max_length=64, unique=True, help_text="Hash av visning, adress och ord.")
    rendering_hash = models.CharField("visning", max_length=64, db_index=True, help_text="Hash av visningen.")
    outcome = models.TextField(
        "svar", blank=True, help_text="Sidan som handlingen ledde till, krypterad med visningens nyckel."
    )
    sent_on = models.DateField("dag", default=timezone.localdate, db_index=True, help_text="Tas bort efter en vecka.")

    class Meta:
        verbose_name = "skickat formulär"
        verbose_name_plural = "skickade formulär"

    def __str__(self) -> str:
        return f"{self.sent_on}"

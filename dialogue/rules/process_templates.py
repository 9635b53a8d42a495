"""The processes that a new dialogue can begin with: the stages of each, and the steps that they carry.

- Östberga: the residents' own staircase, five steps, 2016.
- SKR: the model for «medborgardialog i komplexa frågor» by Sveriges Kommuner och Regioner, seven steps
  (skr.se/skr/demokratiledningstyrning/medborgardialogdelaktighet/medborgardialog/medborgardialogikomplexafragor.26316.html,
  published 2021-09-15; the names are its own, the texts ours).
- Brå: «Samverkan i lokalt brottsförebyggande arbete» by Brå, Polismyndigheten and SKR, the five steps of the
  «samverkansprocess» (retold by boverket.se, «Samverkan i lokalt brottsförebyggande arbete», reviewed 2022-10-12).
- Own: the least that works, to be written by the coordinator.

Which step a stage carries is our reading: `docs/adr/0055-stages-of-ones-own.md` says why.
"""

from dataclasses import dataclass

from django.db import models
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import override

from dialogue.rules.staircase import Step
from ostberga.lib.translations.languages import LANGUAGES


class ProcessTemplate(models.TextChoices):
    """The processes to choose among."""

    OSTBERGA = "ostberga", "Östberga, fem steg"
    SKR = "skr", "SKR: medborgardialog i komplexa frågor, sju steg"
    BRA = "bra", "Brå, Polisen och SKR: lokalt brottsförebyggande arbete, fem steg"
    OWN = "egen", "Egna steg, som vi skriver själva"


@dataclass(frozen=True)
class StageTemplate:
    """A stage of a template, in the language that is active when it is read. `step`: what it carries, if anything."""

    step: Step | None
    name: str | Promise
    description: str | Promise = ""

    def names(self) -> dict[str, str]:
        """Return the name in every language."""
        return _in_every_language(self.name)

    def descriptions(self) -> dict[str, str]:
        """Return the description in every language; nothing when there is none."""
        return _in_every_language(self.description) if self.description else {}


def _in_every_language(text: str | Promise) -> dict[str, str]:
    written = {}
    for code in LANGUAGES:
        with override(code):
            written[code] = str(text)
    return written


TEMPLATES: dict[ProcessTemplate, tuple[StageTemplate, ...]] = {
    ProcessTemplate.OSTBERGA: tuple(StageTemplate(step, step.label) for step in Step),
    ProcessTemplate.SKR: (
        StageTemplate(
            None,
            _("Förberedelser"),
            _("Vi tar reda på vad frågan handlar om, vilka den berör och vad som går att påverka."),
        ),
        StageTemplate(
            Step.INTERVIEWS,
            _("Perspektivinsamling"),
            _("Vi lyssnar på många med olika bild av frågan. Alla perspektiv är lika mycket värda."),
        ),
        StageTemplate(
            Step.REPORT,
            _("Dialog, experimenterande och medskapande"),
            _("Alla kan läsa vad som sagts. Vi möts, lär av varandra och prövar i liten skala."),
        ),
        StageTemplate(
            Step.WORKING_GROUPS,
            _("Förslag, åtgärder och åtaganden"),
            _("Tillsammans kommer vi fram till förslag, och vem som tar på sig vad."),
        ),
        StageTemplate(
            Step.DECISION, _("Beslut om genomförande"), _("De som bestämmer säger ja eller nej, och varför.")
        ),
        StageTemplate(
            Step.IMPLEMENTATION,
            Step.IMPLEMENTATION.label,
            _("Det som bestämts blir gjort, och alla kan se hur det går."),
        ),
        StageTemplate(
            None, _("Kapacitetsutveckling"), _("Vi tar vara på vad vi lärt oss, så att nästa dialog blir bättre.")
        ),
    ),
    ProcessTemplate.BRA: (
        StageTemplate(
            None,
            _("Initiera samverkan"),
            _("Kommunen och polisen bestämmer sig för att arbeta tillsammans, och avsätter tid och människor."),
        ),
        StageTemplate(
            Step.INTERVIEWS,
            _("Egna förberedelser"),
            _("Var och en tar reda på hur det ser ut här. De som bor och verkar här berättar."),
        ),
        StageTemplate(
            Step.WORKING_GROUPS,
            _("Gemensamma förberedelser"),
            _("Lägesbilderna läggs ihop. Vi väljer vad som är viktigast, söker orsaker och kommer överens."),
        ),
        StageTemplate(
            Step.IMPLEMENTATION,
            Step.IMPLEMENTATION.label,
            _("Det som parterna kommit överens om blir gjort."),
        ),
        StageTemplate(None, _("Uppföljning"), _("Vi ser efter om det blev bättre, och berättar vad det gav.")),
    ),
    ProcessTemplate.OWN: (
        StageTemplate(Step.INTERVIEWS, _("Vi lyssnar")),
        StageTemplate(Step.IMPLEMENTATION, _("Vi gör")),
    ),
}

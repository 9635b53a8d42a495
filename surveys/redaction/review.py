"""What a text must pass before anyone outside the coordinator's team may read it. Pure."""

from collections.abc import Collection

from surveys.redaction.detection import Finding, FindingCertainty, IdentifierKind, find_identifiers

# Nobody can decide to keep these: they point at one person whatever the sentence around them says.
NEVER_KEPT = frozenset(
    {IdentifierKind.PERSONNUMMER, IdentifierKind.SAMORDNINGSNUMMER, IdentifierKind.EMAIL, IdentifierKind.PHONE}
)


def blocking_findings(text: str, kept: Collection[str] = ()) -> list[Finding]:
    """The certain findings that stand in the way: those left that nobody has said may stay (or that may never stay)."""
    return [
        finding
        for finding in find_identifiers(text)
        if finding.certainty == FindingCertainty.CERTAIN and (finding.kind in NEVER_KEPT or finding.text not in kept)
    ]


def explain_findings(findings: Collection[Finding]) -> str:
    """The findings as a sentence to the person reviewing; empty when there are none."""
    if not findings:
        return ""
    named = ", ".join(f"«{finding.text}» ({finding.kind.label})" for finding in findings)
    may_stay = all(finding.kind not in NEVER_KEPT for finding in findings)
    way_out = "Skriv om eller maska det, eller bocka för att det får stå kvar." if may_stay else "Maska det först."
    return f"Det här kan peka ut någon: {named}. {way_out}"


def is_altered(raw: str, text: str) -> bool:
    """The words differ from what was said; spaces and line breaks do not count."""
    return raw.split() != text.split()

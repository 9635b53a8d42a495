"""Checks on a masked text before it may be read outside the coordinator's team. Pure."""

from collections.abc import Collection

from surveys.redaction.detection import Finding, FindingCertainty, IdentifierKind, find_identifiers

# Kinds that a reviewer cannot choose to keep, since they always identify one person.
NEVER_KEPT = frozenset(
    {IdentifierKind.PERSONNUMMER, IdentifierKind.SAMORDNINGSNUMMER, IdentifierKind.EMAIL, IdentifierKind.PHONE}
)


def blocking_findings(text: str, kept: Collection[str] = ()) -> list[Finding]:
    """Return the certain findings that block confirmation: not in `kept`, or of a kind that may never be kept."""
    return [
        finding
        for finding in find_identifiers(text)
        if finding.certainty == FindingCertainty.CERTAIN and (finding.kind in NEVER_KEPT or finding.text not in kept)
    ]


def explain_findings(findings: Collection[Finding]) -> str:
    """Return an error message about the findings for the reviewer; empty when there are none."""
    if not findings:
        return ""
    named = ", ".join(f"«{finding.text}» ({finding.kind.label})" for finding in findings)
    may_stay = all(finding.kind not in NEVER_KEPT for finding in findings)
    way_out = "Skriv om eller maska det, eller bocka för att det får stå kvar." if may_stay else "Maska det först."
    return f"Det här kan peka ut någon: {named}. {way_out}"


def is_altered(raw: str, text: str) -> bool:
    """Whether the text differs from the raw text, ignoring whitespace."""
    return raw.split() != text.split()

"""Forms that edit what is stored: nobody overwrites unseen what somebody else has saved meanwhile (ADR 42)."""

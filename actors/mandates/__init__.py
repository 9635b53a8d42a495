"""Mandates to answer for an organisation: proposing, confirming, ending, and the registry addresses that confirm."""

"""Versions of a report: requesting, publishing, correcting, withdrawing; the public pages."""

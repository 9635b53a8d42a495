"""Meetings of working groups: calls, agenda, attendance, minutes and their approval."""

"""Meetings: calls, agenda, attendance, minutes, approval."""

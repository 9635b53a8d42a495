"""Accounts, invitations, appointments of coordinators, and membership of the collaboration."""

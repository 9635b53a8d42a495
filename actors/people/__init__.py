"""Accounts, invitations, coordinators and memberships."""

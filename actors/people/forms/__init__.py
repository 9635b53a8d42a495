"""Forms about people: invitations, appointments, accounts."""

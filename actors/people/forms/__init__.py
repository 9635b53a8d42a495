"""Forms about people: invitations, appointments, sign-in."""

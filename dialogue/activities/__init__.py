"""Activities and commitments: planning, asking bodies, starting, news, ending."""

"""Activities and commitments: planning, starting, telling, ending."""

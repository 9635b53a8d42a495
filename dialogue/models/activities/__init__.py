"""Activities, the commitments of bodies to take part in them, and what happened to them."""

"""Forms about activities and commitments."""

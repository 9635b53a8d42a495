"""Letters to officials and to the coordinator."""

"""Pages of what lists say, for the coordinator and for the bodies that it is said of."""

"""Those who asked to hear what happens to an issue: their letters, their wishes, and when they are forgotten."""

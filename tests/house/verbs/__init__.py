"""Every verb with `by`, a world with one object of each kind, and an example of how each verb is called in it."""

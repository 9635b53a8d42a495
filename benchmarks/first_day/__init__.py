"""The first day of a city: from an empty database to a published report, in a browser, by the handbook's words."""

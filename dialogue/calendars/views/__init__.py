"""Pages and files of calendars, by audience."""

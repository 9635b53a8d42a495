"""Issues: creating and editing them, their perspectives, quotes and readers of reports."""

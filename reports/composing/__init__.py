"""Beginning a report, writing its texts and choosing its contents."""

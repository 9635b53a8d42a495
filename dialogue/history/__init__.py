"""What has happened to an issue, an activity and an answer: events, receipts, results, lead times, search."""

"""What somebody can learn who has the database with its dead rows, the queue's files, the letters and all keys."""

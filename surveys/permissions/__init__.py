"""What a signed-in person may open of forms, waves and channels."""

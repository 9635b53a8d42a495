"""Stories that go through more than one room of the house."""

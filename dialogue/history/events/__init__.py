"""Events in the story of an issue: one class per kind of event, and one module per source that reads them."""

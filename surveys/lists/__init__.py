"""Lists that an office has, other than answers: read by one engine, each kind a table of declared columns."""

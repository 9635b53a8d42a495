"""Rules about who may do what for whom. Pure: no database, no clock."""

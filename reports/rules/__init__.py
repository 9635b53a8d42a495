"""Pure rules: findings, arrangement of perspectives, completeness, small numbers, prose."""

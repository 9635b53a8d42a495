"""Pure rules: findings, arrangement, completeness, small numbers, prose."""

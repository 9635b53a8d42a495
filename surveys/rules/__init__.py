"""Pure rules: question kinds, languages, roles, breadth, merged perspectives and standard questions."""

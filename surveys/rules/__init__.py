"""Pure rules: question kinds, roles, breadth, merged perspectives, standard questions."""

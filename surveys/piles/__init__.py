"""Piles: texts dealt to coders, coding a second time without seeing the first, and how well the two agree."""

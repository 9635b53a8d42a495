"""Printouts that are not reports: minutes, posters and paper forms."""

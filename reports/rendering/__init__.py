"""Rendering the files of a version: charts, HTML, PDF. The only package that knows WeasyPrint."""

"""Making a version's files: charts, HTML, PDF. The only package that knows WeasyPrint."""

"""Tables that people take out: declared once, written as XLSX, CSV or JSON. Knows no model of ours."""

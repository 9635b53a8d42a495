"""Words that the templates of reports may use."""

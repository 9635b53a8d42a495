"""Building forms: texts and questions, and how they are shown to respondents."""

"""Building a form: its texts and questions, and how it is shown to those who answer."""

"""The public texts of a collaboration on one page, with what they lack, for communicators and coordinators."""

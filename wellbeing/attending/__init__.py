"""Being there, whoever says so: the pages of workshops, phones, and what is said after a workshop."""

"""A calendar of its own for each person: the dates of their groups, at a secret address."""

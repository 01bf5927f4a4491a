"""What a person said of workshops, for nobody but that person: every query begins with whose it is."""

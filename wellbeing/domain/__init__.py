"""Floor 1: what is true of moods, days, weeks, threads and crowds. Imports Python only, and never reads the time."""

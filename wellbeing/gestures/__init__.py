"""What devices ask for, written down once and done once: the operation table, whoever asks and whatever for."""

"""A person's keys and the devices they opened: passkeys beside the phrase, and saying again that it is oneself."""

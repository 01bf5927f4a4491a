"""Finding one's own notes again: by a word of them, by an emotion, by the days of a group's sessions, by dates."""

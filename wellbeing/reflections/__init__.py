"""What a person says of a workshop, before and after, and what they take away: theirs alone."""

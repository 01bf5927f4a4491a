"""The pages of what is said before and after a workshop."""

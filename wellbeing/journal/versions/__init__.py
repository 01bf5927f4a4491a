"""What stands beside an entry: words and numbers that another device had, and words whose mood has not arrived."""

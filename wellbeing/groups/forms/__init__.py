"""What a facilitator types, as values or named refusals. What was typed stays in the form."""

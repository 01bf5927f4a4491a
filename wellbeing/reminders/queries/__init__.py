"""What is known of reminders: for the person’s own page, and for the worker that sends them."""

"""What is known of a group without knowing anything of a person: its size, its dates, what its team counted."""

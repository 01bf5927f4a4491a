"""What a person agreed to, and when: each consent with the very text that was shown."""

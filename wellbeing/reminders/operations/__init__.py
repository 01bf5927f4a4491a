"""Choosing reminders, on which devices they come, spreading news of dates, and sending."""

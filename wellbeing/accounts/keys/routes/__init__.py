"""What browsers ask about keys."""

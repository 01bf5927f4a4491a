"""Saying something of a workshop, taking it back, and choosing between what two devices said."""

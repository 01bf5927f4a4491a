"""The journal's pages: one tap that saves, one entry, what two devices said of it, a day and a month."""

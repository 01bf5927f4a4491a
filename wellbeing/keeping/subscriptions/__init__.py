"""How subscriptions of browsers end, whoever ends them."""

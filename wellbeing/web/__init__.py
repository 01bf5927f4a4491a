"""Flask, shared by the features; knows none of them."""

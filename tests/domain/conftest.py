"""Properties are tried on the same examples every time, as many as a second allows, with no clock held against them."""

from hypothesis import settings

settings.register_profile("domain", deadline=None, derandomize=True, database=None, max_examples=100)
settings.load_profile("domain")

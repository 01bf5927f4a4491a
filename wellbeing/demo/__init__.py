"""A made-up association, so that Le fil can be tried out: half a year of three groups and some forty people.

`story.py` decides what happened, from a seed and nothing else; `telling.py` makes it happen through the product's own
operations, each at its own instant; `filling.py` is what the command calls. Nobody in it exists.
"""

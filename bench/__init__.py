"""What `make bench` measures: speed against a bare floor, weight on the wire, and growth over ten years.

It asserts nothing, and writes nothing outside a temporary folder. docs/performance.md says how to read it.
"""

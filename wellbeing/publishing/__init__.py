"""The letterbox: the only code outside the participant's features that reads entries and reflections for a group.

Run by the worker alone, it answers to nobody: what leaves it is a row of `release`, written once, coarse and blurred.
`cohort.py` finds who counts and what they lived, `ledger.py` remembers every row outside the database, `operations.py`
freezes, `restoring.py` replays that memory on a database that was put back, `forgetting.py` ends both.
"""

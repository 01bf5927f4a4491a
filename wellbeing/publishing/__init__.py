"""The letterbox: the only code outside the participant's features that reads entries; run by the worker alone.

It answers to nobody: what leaves it is a row of `release`, written once, coarse and blurred (trends.md). `cohort.py`
finds who counts and what they lived, `ledger.py` remembers every row outside the database, `operations.py` freezes.
"""

"""The Human Services Data Specification 3.0 by itself: read, check, turn and write its data.

Knows nothing of Right Door. Source: https://docs.openreferral.org, HSDS 3.0 (CC BY-SA 4.0).
"""

"""The history of the tables: raw counters and releases have one each."""

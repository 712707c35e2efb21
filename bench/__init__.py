"""Benchmarks (figures side by side in one run, never timed tests) and written journeys."""

"""Measures how well people are understood: `make evaluate`."""

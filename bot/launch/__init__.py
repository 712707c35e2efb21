"""Starts and ends the programs of `make run`."""

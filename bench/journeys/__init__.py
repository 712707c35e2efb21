"""Journeys: conversations written as text files, walked through the real programs, and drawn."""

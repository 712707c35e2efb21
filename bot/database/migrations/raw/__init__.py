"""The history of the tables `bot/database/raw.py` describes, oldest first."""

"""The history of the tables `bot/database/released.py` describes, oldest first."""

"""The tables that exist, and how a database is reached. Nothing in them is about a person."""

"""The guided conversations: a table of steps, and where an answer leads."""

"""What the assistant answers: from a Turn and a city pack to an Answer, without any channel."""

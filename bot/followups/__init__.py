"""Recognises short follow-ups ("and on Sunday?") without any training."""

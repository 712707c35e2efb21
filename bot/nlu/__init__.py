"""Everything that runs inside Rasa: the only package that imports it."""

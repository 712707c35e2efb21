"""After an incident: what a city says about it, from a file that it checks and switches on."""

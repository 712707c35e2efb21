"""Stand-ins for the outside services that the tests talk to."""

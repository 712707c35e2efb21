"""`make scale`: several Rasa servers and gateways side by side, over Redis and PostgreSQL."""

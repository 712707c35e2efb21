"""The action server: Rasa's custom actions, one for each kind of answer."""

"""The gateway: between the channels people write on and Rasa. It keeps what is personal."""

"""Right Door: everything the assistant knows and says, independent of Rasa and of Telegram."""

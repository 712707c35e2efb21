"""Posters that lead to the assistant: a headline, a QR code, the number for danger."""

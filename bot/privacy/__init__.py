"""The privacy boundary: what a channel knows of a person stays on its side."""

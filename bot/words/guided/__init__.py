"""The words of the guided conversations, one file for each group of them."""

"""The commands of `rightdoor directory`, one file for each kind of task."""

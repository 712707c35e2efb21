"""The desk of city staff: incident files are checked, rehearsed, switched on and off."""

"""What city staff see of the releases: pages, pictures, files. It never reads raw counters."""

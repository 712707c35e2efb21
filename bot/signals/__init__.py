"""Weekly releases: what the city may see of the counters, made once and protected."""

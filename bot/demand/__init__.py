"""The demand counters: how often each topic is asked for, and nothing about who asked."""

"""What the tests of the whole assistant share: its programs, the people who write, the sums."""

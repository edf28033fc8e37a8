"""What somebody said, in whose words, and by whom."""

"""What is known of each language: one pack a folder, data first."""

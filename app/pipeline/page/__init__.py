"""From a submitted page to clean text and what stands at its head."""

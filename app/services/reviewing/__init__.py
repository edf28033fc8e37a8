"""What editors make of facts: confirmed, rejected, corrected; each act recorded and able to be undone."""

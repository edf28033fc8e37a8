"""The same saying once: statements of one speaker that several articles tell, found and kept together."""

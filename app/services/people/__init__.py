"""People and bodies that speak: found by any spelling, shown with their offices, kept true by their editors."""

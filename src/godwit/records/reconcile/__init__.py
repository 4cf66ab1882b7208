"""Close the books: every record that came in is accounted for, on both sides, or there is no run."""

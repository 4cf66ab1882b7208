"""Evidence: the pages people read about a run, and what proves that nothing in it was changed."""

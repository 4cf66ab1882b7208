"""What evidence can be shown for: requirements and hazards, and what of each a comparison reaches."""

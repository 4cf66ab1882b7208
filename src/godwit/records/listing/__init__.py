"""The registration authority's list held against one system's patients, or two: who is on which, and what differs."""

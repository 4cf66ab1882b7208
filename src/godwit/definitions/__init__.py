"""The definitions: data files with a source and an edition each, and what reads and checks them."""

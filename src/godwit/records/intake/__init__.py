"""Open what was delivered: a folder, a zip or one file; safely, with every file hashed and none passed over."""

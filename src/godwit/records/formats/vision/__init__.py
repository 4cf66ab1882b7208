"""The Vision extract as data: what its six headerless files hold and what each row means. README.md says more."""

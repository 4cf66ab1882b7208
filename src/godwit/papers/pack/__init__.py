"""The evidence pack: one file that a sign-off can point to, made from a sealed run, signed and checked offline."""

"""The documents that a move needs, filled in from the plan: letters, forms, registers and sign-offs."""

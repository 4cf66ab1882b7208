"""What the two messages between practices, GP2GP and GP Connect, have in common: how a record is laid out in
consultations, which national codes are used, what neither can hold. Each has its own room for how it is written.
"""

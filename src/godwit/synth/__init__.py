"""Made-up practices that look like real ones, written in the shape of each supplier.

This room shares no code with the readers in `records`: what it writes is the independent witness of what they read.
"""

"""The rules of the guide as questions to a plan: a small safe language, and the answers with their reasons."""

"""Run n+1 against run n: what was put right, what is still there, what is new, what has come back."""

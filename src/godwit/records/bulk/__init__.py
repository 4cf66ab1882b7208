"""Bulk extracts: CSV files of any supplier, staged as typed tables by what the supplier's layout says of them."""

"""The guide as a small site of plain pages, made from the same definitions as the plan."""

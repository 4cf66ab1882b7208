"""What is printed from the plan: letters, forms, spreadsheets, calendars. No clock, no files, no patients."""

"""What a practice should put right before its first extract: checks over one loaded extract, ranked by harm."""

"""The guide as a plan: dates with reasons, rules, gates, clocks, risk and portfolio. Pure: no files, no clock."""

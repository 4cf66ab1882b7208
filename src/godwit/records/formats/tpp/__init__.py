"""TPP SystmOne strategic reporting extract: layout, conversions, value maps and losses, all as data. See README.md."""

"""The NHS clinical system migration guide as data: every row of its catalogue, with sources and rival values."""

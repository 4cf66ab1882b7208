"""The positive control: a comparer that finds nothing must prove, in every run, that it can see."""

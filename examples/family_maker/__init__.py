"""Makes the example family: one description of four made-up patients, written in two formats.

`family` is what a reviewer reads: who the patients are and what stands in their records. `differences` lists what
the target says otherwise on purpose. `gp2gp` and `gpconnect` write the two formats. Nothing here imports Godwit, so
that the files are a second opinion about the formats and not an echo of its readers.
"""

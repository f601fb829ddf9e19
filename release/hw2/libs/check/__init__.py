"""What a look before packing tells a student: `python -m libs.check` in the folder of the notebooks.

It runs every practical notebook as it was saved, from a fresh kernel and with the small budget of training, holds the
files against `libs/given.json`, looks at the written pages, and says what costs marks first. It writes into none of
the notebooks.
"""

CHECKING = "HW2_CHECKING"  # set in the environment of the kernels that the check starts

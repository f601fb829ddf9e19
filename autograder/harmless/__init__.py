"""Makes a graded notebook harmless to look at: nothing that a student wrote or put out runs in a browser."""

"""What runs in the student's process beside the student's code, and the language that it speaks with the examiner.

The sandbox mounts this folder and nothing else of the package, so nothing here imports from outside of it.
"""

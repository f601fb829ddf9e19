"""Grading a class side by side: plain nbgrader, otter-grader, ours, and the physical floor."""

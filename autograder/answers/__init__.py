"""Lays what a student wrote into the instructor's files, and says what was changed outside the student's blocks."""

"""What comes out at the end: the class table, grades.csv, feedback."""

"""Many submissions on one machine: workers grade, one writer enters marks in the gradebook."""

"""What two students share beyond the hand-out: evidence for a person, nothing is deducted."""

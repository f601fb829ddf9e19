"""For each checked formula of the written solutions a function that derives it another way and compares."""

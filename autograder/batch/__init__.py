"""Many submissions on one machine or many: graders share nothing with the class, one writer enters marks."""

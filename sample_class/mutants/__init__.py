"""Generated wrong answers: small changes of the reference's operators, numbers and statements, one at a time."""

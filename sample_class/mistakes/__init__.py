"""Wrong answers, each one plausible mistake in the reference solution: what the hidden tests are measured with."""

"""From source/ to the hand-out: strip, generate, pack, lint."""

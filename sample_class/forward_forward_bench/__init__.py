"""Forward-Forward itself: how fast and how well the reference solutions learn, beside public implementations."""

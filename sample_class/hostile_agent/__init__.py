"""A process that answers the examiner anything, in any order, at any size, and what must hold all the same."""

"""The sandbox that students' code runs in: bubblewrap, a system call filter, limits, and a watch from outside."""

"""Is everything there that the notebooks need? Says in a sentence each what is not, and what to do."""


def ready(notebook: str) -> None:
    """Look at Python, packages, digits and folder, and say how long the notebook's trainings will take here."""

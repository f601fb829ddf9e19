"""The written questions: statements, solutions and rubric in LaTeX and data, and what is made of them."""

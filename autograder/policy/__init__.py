"""The homework's own rules, as pure functions and the nbgrader plugins that apply them."""

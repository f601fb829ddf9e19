"""A made-up class: zips as students send them, the marks each must get, and a demo that grades them."""

"""How the hidden tests treat right answers when the examiner draws other inputs: hundreds of seeds, two precisions."""

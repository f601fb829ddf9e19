"""Blind rounds of attacks: written from the docs and the agent's source alone, the deserved marks beside each."""

"""Collects, grades and reports homework 2."""

"""Kinds of value: how each is read from text, and shown."""

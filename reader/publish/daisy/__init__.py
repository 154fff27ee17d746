"""DAISY 2.02: the parts of the book, each a tree; what hardware players open."""

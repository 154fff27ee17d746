"""EPUB 3.3 with Media Overlays: the parts of the book, each a tree."""

"""The page that plays a pack."""

from reader.publish.player.page import page

__all__ = ["page"]

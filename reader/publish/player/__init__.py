"""The page that plays a pack."""

from reader.publish.player.page import page, version

__all__ = ["page", "version"]

"""An accessible multilingual voice reader: articles in, narrated audio packs out.

`reader.narration.narrate` is the public way in; the `reader` command is a thin skin over it.
"""

__version__ = "0.1.0"

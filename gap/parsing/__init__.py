"""A process that parses one file and ends: `python -m gap.parsing pdf < file`, JSON to its output.

A hostile file may hang or blow up a parser. Here it meets limits on memory and processor time and can write
to no file; whoever started the process waits only so long. It has no settings, no secrets, no database, and
imports nothing of the site.
"""

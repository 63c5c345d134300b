"""All the pictures of a release, from its tables: what the bake stores and the portal shows."""

from parvis.observatory.drawings.release import draw_release, drawings, map_files

__all__ = ["draw_release", "drawings", "map_files"]

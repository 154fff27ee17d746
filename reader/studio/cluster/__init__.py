"""Many machines: the studio's tasks on the workers of a Dask cluster (extra `cluster`).

Nothing here is imported, and `distributed` least of all, unless a cluster is asked for.
"""

from reader.studio.cluster.split import open_workers

__all__ = ["open_workers"]

"""The process that is a cluster of this machine's own: scheduler, and a nanny for each worker.

A process apart: so a program that calls `reader.narration.narrate` needs no ``if __name__ == "__main__"``,
its interpreter has nothing else to do, and all of it ends when its standard input does.
"""

from __future__ import annotations

import json
import logging
import os
import signal
import sys

TTL = "30 s"
"""A worker that keeps silent for so long is frozen: it is ended, and another one does its tasks."""

_SETTINGS = {
    "distributed.worker.profile.enabled": False,  # nobody looks
    "distributed.worker.memory.target": False,
    "distributed.worker.memory.spill": False,
    "distributed.worker.memory.pause": False,
    "distributed.worker.memory.terminate": False,
}


def main() -> None:
    """Arguments: number of workers, ttl or nothing. Says its address and its keys as a line of JSON."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    said = os.fdopen(os.dup(sys.stdout.fileno()), "w")
    os.dup2(sys.stderr.fileno(), sys.stdout.fileno())
    import dask
    from distributed import LocalCluster
    from distributed.security import Security

    dask.config.set(_SETTINGS)
    security = Security.temporary()
    cluster = LocalCluster(
        n_workers=int(sys.argv[1]),
        threads_per_worker=1,
        host="127.0.0.1",
        protocol="tls://",
        security=security,
        dashboard_address=None,
        worker_dashboard_address=None,
        memory_limit=0,
        silence_logs=logging.CRITICAL,
        scheduler_kwargs={"worker_ttl": sys.argv[2] or TTL},
    )
    keys = security.get_connection_args("client")
    assert keys  # noqa: S101 - there are, for TLS
    fields = ("tls_ca_file", "tls_client_key", "tls_client_cert", "require_encryption")
    print(  # noqa: T201 - to our parent
        json.dumps(
            {
                "address": cluster.scheduler_address,
                "security": {name: getattr(security, name) for name in fields},
            }
        ),
        file=said,
        flush=True,
    )
    sys.stdin.read()
    if os.name == "posix":
        os.killpg(0, signal.SIGKILL)
    os._exit(0)

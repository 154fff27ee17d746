"""The process that is a cluster of this machine's own: scheduler, and a nanny for each worker.

A process apart: so a program that calls `reader.narration.narrate` needs no ``if __name__ == "__main__"``,
its interpreter has nothing else to do, and all of it ends when its standard input does.
"""

from __future__ import annotations

import asyncio
import json
import logging
import os
import signal
import sys
from typing import IO, Any

from reader.studio.pool import ENVIRONMENT

TTL = "30 s"
"""A worker that keeps silent for so long is frozen: it is ended, and another one does its tasks."""

_KEYS = ("tls_ca_file", "tls_client_key", "tls_client_cert", "require_encryption")

_SETTINGS = {
    "logging": {"distributed": "critical"},  # our client tells what there is to tell
    # Nobody looks, and a worker's interpreter is wanted by its work.
    "distributed.worker.profile.enabled": False,
    "distributed.admin.tick.interval": "1 s",
    "distributed.admin.system-monitor.interval": "10 s",
    "distributed.scheduler.active-memory-manager.start": False,
    "distributed.scheduler.work-stealing": False,
    "distributed.nanny.pre-spawn-environ": ENVIRONMENT,  # Dask's own value gives memory back at each sentence
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

    # Before `distributed` reads them.
    dask.config.set(_SETTINGS | {"distributed.scheduler.worker-ttl": sys.argv[2] or TTL})
    asyncio.run(_serve(int(sys.argv[1]), said))


async def _serve(workers: int, said: IO[str]) -> None:
    from distributed import Nanny, Scheduler
    from distributed.security import Security

    # By their own classes: `LocalCluster` gives up a worker that was lost twice within 15 seconds.
    security = Security.temporary()
    options: dict[str, Any] = {"host": "127.0.0.1", "protocol": "tls://", "security": security}
    async with Scheduler(dashboard=False, port=0, **options) as scheduler:
        nannies = [
            Nanny(scheduler.address, nthreads=1, memory_limit=0, silence_logs=logging.CRITICAL, **options)
            for _number in range(workers)
        ]
        await asyncio.gather(*nannies)
        keys = {name: getattr(security, name) for name in _KEYS}
        said.write(json.dumps({"address": scheduler.address, "security": keys}) + "\n")
        said.flush()
        await asyncio.to_thread(sys.stdin.read)
        # At once, and frozen workers with all others.
        if os.name == "posix" and os.getpgrp() == os.getpid():
            os.killpg(0, signal.SIGKILL)
        os._exit(0)

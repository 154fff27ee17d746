"""Our own audit of a pack: what `reader verify` does."""

from reader.publish.audit.audit import Audit, audit
from reader.publish.audit.findings import Finding

__all__ = ["Audit", "Finding", "audit"]

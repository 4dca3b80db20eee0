"""Rows that are written once, linked by hashes: what was changed, taken out or moved shows."""

from core.chain.checking import Broken, check
from core.chain.sealing import seal

__all__ = ["Broken", "check", "seal"]

"""Believable data in bulk, marked as generated: for benches, for trials, never beside a real ward.

What a unit did in a month follows from the seed, the number of its ward, its own number and that
month alone (and, where numbers are copied, the month before): two builds with the same arguments
are equal, and a later ``until`` adds to what stood before.
"""

from campaign_portal.scale.building import Built, RealDataError, build

__all__ = ["Built", "RealDataError", "build"]

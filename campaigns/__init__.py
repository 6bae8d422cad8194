"""Long proofs of what is promised: many faults made at random, by seed."""

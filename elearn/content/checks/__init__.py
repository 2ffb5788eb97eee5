"""Is content sound? Each file knows one thing that can be wrong; `soundness` asks them all; pure."""

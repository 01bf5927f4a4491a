"""The one group in whose trends a person counts: chosen by them, shown to nobody else."""

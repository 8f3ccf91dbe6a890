"""The records: one engine over those in memory, and what keeps them: nothing, a folder, or PostgreSQL."""

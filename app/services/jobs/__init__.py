"""Many articles taken in at once: handed in as a job, worked on in chunks that outlive any process."""

"""Speech in languages that tell the subject by its place: verbs of speech, their subjects, and what was said."""

"""From uploaded zips to submitted/: who sent what and when, read without trusting a name or an archive."""

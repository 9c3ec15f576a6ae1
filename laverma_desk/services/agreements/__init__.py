"""Data processing agreements at work: appended, ended, opened, watched for their end, and proved."""

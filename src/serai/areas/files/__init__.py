"""Files: pictures and documents that people add to what they report and do."""

"""What leads from one area to another, each file one sentence of the hotel."""

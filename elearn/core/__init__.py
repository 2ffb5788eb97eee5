"""The ground every room stands on: database, transaction, clock, doors, forms, paper and words."""

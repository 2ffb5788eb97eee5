"""A believable regency to try the product with: Kabupaten Bukit Serawai, which does not exist."""

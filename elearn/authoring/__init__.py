"""The workshop of authors: packs uploaded, checked, compared and published; the law watched; stories measured."""

"""Small faults put into the product on purpose: a test must turn red for each of them."""

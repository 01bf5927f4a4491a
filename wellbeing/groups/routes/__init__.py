"""HTTP in, HTTP out: a group and its codes, its dates."""

"""Reports as files: the ward's report and its annex, a cell's month, the letter that reminds."""

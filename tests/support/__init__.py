"""What tests share: a clock that is set by hand, a desk on disk, people to call."""

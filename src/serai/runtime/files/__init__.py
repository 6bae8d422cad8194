"""What people upload: looked at, made anew, and kept on a disk or in a bucket."""

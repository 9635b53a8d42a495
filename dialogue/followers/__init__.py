"""Following issues by e-mail: requests, news, digests, the question whether it got better, and deletion."""

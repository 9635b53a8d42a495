"""Forms for following issues and answering whether it got better."""

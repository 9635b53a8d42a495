"""What groups were called earlier, and the addresses that issues have had."""

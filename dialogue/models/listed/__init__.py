"""What lists say of decisions and activities. Nobody's word: no gate and no verb reads them."""

"""The papers that data protection asks of a controller, drafted from how the installation is configured."""

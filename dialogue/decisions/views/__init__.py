"""Pages about decisions for the coordinator and for officials."""

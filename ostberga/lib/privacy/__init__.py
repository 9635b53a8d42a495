"""Codes, encryption, logging and rate limits that store nothing about who somebody is."""

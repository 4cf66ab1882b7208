"""Godwit moves a GP practice from one clinical system to another and proves that every record arrived."""

__version__ = "0.1.0"

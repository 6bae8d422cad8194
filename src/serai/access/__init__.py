"""Tenants, properties and their policies, people, roles, tokens, keys, audit."""

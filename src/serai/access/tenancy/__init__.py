"""Tenants (hotel companies) and properties (hotels) with their policies.

Everything else belongs to a tenant; what happens in a hotel happens in a property, whose zone, hours and policies
are asked for through `service.get_property`.
"""

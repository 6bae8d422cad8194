"""Connections: which queue, channel or subscription speaks for which company.

The platform's staff alone bind them, since a broker is shared by all companies of an installation: whoever could
bind any queue could read along. A bare message belongs to the connection's company and its property; one that names
another company is parked without what it says.
"""

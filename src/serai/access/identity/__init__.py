"""Who may do what: staff, roles scoped to properties, sign-in, sessions, API keys.

A sign-in makes a session; a session has short access tokens (EdDSA) and a refresh token that rotates. Ended access
ends everywhere within five seconds, because no process believes an old answer for longer than three.
"""

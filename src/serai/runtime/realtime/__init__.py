"""Live channels: each web process reads the journal for those who listen to it.

No broker stands between: a frame says where in the stream it stands, so a client sees by itself what it missed.
"""

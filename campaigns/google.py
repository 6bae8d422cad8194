"""Who stands for Google here: signs the tokens of pushes, and shows its keys."""

from __future__ import annotations

import json
import threading
from collections.abc import Generator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler, HTTPServer
from typing import Any

import jwt
import orjson
from cryptography.hazmat.primitives.asymmetric import rsa

ACCOUNT, AUDIENCE = "push@campaign.iam", "https://campaign.example"


class Google:
    """A local issuer."""

    def __init__(self, url: str, key: rsa.RSAPrivateKey) -> None:
        """Its address is also its name; `asked` counts who asked for its keys."""
        self.url, self._key, self.asked = url, key, 0

    def token(self, kid: str = "k1", key: rsa.RSAPrivateKey | None = None, **other: Any) -> str:
        """Good for an hour, for the one account and audience, unless it says other things."""
        now = datetime.now(UTC)
        claims = {
            "iss": self.url, "aud": AUDIENCE, "sub": "1", "email": ACCOUNT, "email_verified": True, "iat": now,
            "exp": now + timedelta(hours=1), **other,
        }  # fmt: skip
        return jwt.encode(claims, key or self._key, "RS256", {"kid": kid})


@contextmanager
def google() -> Generator[Google]:
    """The issuer on a loopback port."""
    key = rsa.generate_private_key(65537, 2048)
    public = json.loads(jwt.algorithms.RSAAlgorithm.to_jwk(key.public_key()))
    keys = orjson.dumps({"keys": [{**public, "kid": "k1", "alg": "RS256", "use": "sig"}]})

    class Page(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            made.asked += 1
            self.send_response(200)
            self.end_headers()
            self.wfile.write(keys)

        def log_message(self, *_: Any) -> None: ...

    server = HTTPServer(("127.0.0.1", 0), Page)
    made = Google(f"http://127.0.0.1:{server.server_port}", key)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield made
    finally:
        server.shutdown()

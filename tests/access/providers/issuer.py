"""A local OpenID Connect issuer that can be told to misbehave."""

from __future__ import annotations

import base64
import hashlib
import json
import secrets
import threading
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, urlencode, urlsplit

import jwt
from cryptography.hazmat.primitives.asymmetric import rsa
from jwt.algorithms import RSAAlgorithm

CLIENT, SECRET = "serai-client", "a secret: with %signs & more"
PAGE = """<!doctype html><html lang="en"><title>Accounts</title><h1>Accounts</h1><form method="post">
<label>Account <input name="sub"></label><button name="do" value="allow">Allow</button>
<button name="do" value="access_denied">Deny</button><button name="do" value="server_error">Break</button></form>"""


class LocalIssuer:
    """Discovery, keys and tokens on a loopback port. `claims` replace those of the next token, `key` its key."""

    def __init__(self) -> None:
        """It listens until `close`."""
        self.key = self._own = rsa.generate_private_key(65537, 2048)
        self.claims: dict[str, Any] = {}
        self.algorithm = "RS256"
        self.described: dict[str, Any] = {}
        self.asked: list[str] = []
        self._codes: dict[str, dict[str, str]] = {}
        self.server = ThreadingHTTPServer(("127.0.0.1", 0), self._door())
        threading.Thread(target=self.server.serve_forever, daemon=True).start()
        self.url = f"http://127.0.0.1:{self.server.server_port}"

    def close(self) -> None:
        """No more."""
        self.server.shutdown()
        self.server.server_close()

    def page(self, url: str, subject: str) -> tuple[str, str]:
        """Somebody signs in at the page of this address: the code and the state that his browser brings back."""
        asked = {name: value for name, [value] in parse_qs(urlsplit(url).query).items()}
        assert url.startswith(f"{self.url}/authorize?")
        assert (asked["client_id"], asked["response_type"], asked["scope"]) == (CLIENT, "code", "openid")
        assert asked["code_challenge_method"] == "S256"
        code = secrets.token_urlsafe(16)
        self._codes[code] = {**asked, "sub": subject}
        return code, asked["state"]

    def _sent_back(self, url: str, form: dict[str, str]) -> str:
        """Where the browser goes that sent the page's form."""
        code, state = self.page(url, form.get("sub", ""))
        said = {"code": code} if form["do"] == "allow" else {"error": form["do"], "error_description": "<b>No!</b>"}
        return f"{self._codes[code]['redirect_uri']}?{urlencode({**said, 'state': state})}"

    def _answer(self, path: str, form: dict[str, str], who: str) -> tuple[int, Any]:
        self.asked.append(path)
        if path == "/.well-known/openid-configuration":
            return 200, {
                "issuer": self.url, "authorization_endpoint": f"{self.url}/authorize",
                "token_endpoint": f"{self.url}/token", "jwks_uri": f"{self.url}/keys", **self.described,
            }  # fmt: skip
        if path == "/keys":
            public = json.loads(RSAAlgorithm.to_jwk(self._own.public_key()))
            return 200, {"keys": [{**public, "kid": "k1", "alg": "RS256", "use": "sig"}]}
        known = self._codes.pop(form.get("code", ""), None)
        proof = base64.urlsafe_b64encode(hashlib.sha256(form.get("code_verifier", "").encode()).digest()).rstrip(b"=")
        if (
            path != "/token"
            or known is None
            or who != "Basic " + base64.b64encode(f"{CLIENT}:{SECRET}".encode()).decode()
            or form.get("redirect_uri") != known["redirect_uri"]
            or proof.decode() != known["code_challenge"]
        ):
            return 400, {"error": "invalid_grant"}
        now = int(time.time())
        claims = {
            "iss": self.url, "aud": CLIENT, "sub": known["sub"], "nonce": known["nonce"], "iat": now, "exp": now + 300,
            "email": "rosa@example.com", "preferred_username": "rosa", **self.claims,
        }  # fmt: skip
        key: Any = "" if self.algorithm == "none" else self.key
        token = jwt.encode(claims, key, self.algorithm, headers={"kid": "k1"})
        return 200, {"access_token": "x", "token_type": "Bearer", "id_token": token}

    def _door(self) -> type[BaseHTTPRequestHandler]:
        issuer = self

        class Door(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                if self.path.startswith("/authorize?"):
                    self._send(200, PAGE.encode(), "text/html")
                else:
                    self._say(*issuer._answer(self.path, {}, ""))

            def do_POST(self) -> None:
                body = self.rfile.read(int(self.headers["content-length"])).decode()
                form = {name: value for name, [value] in parse_qs(body).items()}
                if self.path.startswith("/authorize?"):
                    self._send(303, b"", "text/html", issuer._sent_back(issuer.url + self.path, form))
                else:
                    self._say(*issuer._answer(self.path, form, self.headers.get("authorization", "")))

            def _say(self, status: int, body: Any) -> None:
                self._send(status, json.dumps(body).encode(), "application/json")

            def _send(self, status: int, text: bytes, kind: str, goes: str = "") -> None:
                self.send_response(status)
                if goes:
                    self.send_header("location", goes)
                self.send_header("content-type", kind)
                self.send_header("content-length", str(len(text)))
                self.end_headers()
                self.wfile.write(text)

            def log_message(self, format: str, *args: Any) -> None:  # the base's name
                """Quiet."""

        return Door

"""A light client: one connection, its cookies, the form token of the last page; it counts what it asks."""

import http.client
import re
import time
from urllib.parse import urlencode, urlsplit

TOKEN = re.compile(rb'name="csrf_token"[^>]*value="([^"]+)"')


class Browser:
    """One person's browser against one address; follows redirects like a person would."""

    def __init__(self, port: int) -> None:
        self.connection = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
        self.cookies: dict[str, str] = {}
        self.token = ""
        self.requests = 0
        self.latencies: list[float] = []
        self.path = "/"
        self.body = b""

    def close(self) -> None:
        """Let the connection go."""
        self.connection.close()

    def get(self, path: str) -> int:
        """Open a page; the final status."""
        return self._ask("GET", path, None)

    def post(self, path: str, *, accept: str = "text/html", **fields: str | list[str]) -> int:
        """Send a form with the token of the last page, a field once or several times; the final status."""
        return self._ask("POST", path, urlencode({"csrf_token": self.token, **fields}, doseq=True).encode(), accept)

    def _ask(self, method: str, path: str, body: bytes | None, accept: str = "text/html") -> int:
        for _ in range(6):
            status, location = self._once(method, path, body, accept)
            if status not in (301, 302, 303):
                self.path = path
                return status
            parts = urlsplit(location)
            method, body = "GET", None
            path = parts.path + (f"?{parts.query}" if parts.query else "")
        raise AssertionError(f"too many redirects at {path}")

    def _once(self, method: str, path: str, body: bytes | None, accept: str) -> tuple[int, str]:
        headers = {"Accept": accept, "Cookie": "; ".join(f"{k}={v}" for k, v in self.cookies.items())}
        if body is not None:
            headers["Content-Type"] = "application/x-www-form-urlencoded"
        began = time.perf_counter()
        self.connection.request(method, path, body, headers)
        answer = self.connection.getresponse()
        self.body = answer.read()
        self.latencies.append(time.perf_counter() - began)
        self.requests += 1
        for cookie in answer.headers.get_all("Set-Cookie") or []:
            name, _, value = cookie.partition(";")[0].partition("=")
            self.cookies[name] = value
        if found := TOKEN.search(self.body):
            self.token = found.group(1).decode()
        return answer.status, answer.headers.get("Location", "")

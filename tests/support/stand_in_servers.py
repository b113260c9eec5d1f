#!/usr/bin/env python3
"""Stand-ins for control systems that cannot run on a build machine: real HTTP on loopback with the exact shapes, and
the traps, of the real ones. Used by the tests of the presets; each class says where its shapes come from.

    stand_in_servers.py SYSTEM      prints "PORT n" and serves until its standard input ends

POST /-/trap {"trap": NAME} sets a trap for the writes that follow ("" for none):
    hold     makes the change and never answers          swallow  makes no change and never answers
    lie      answers as after success, changes nothing   race     somebody else changes the value right before the write
and what a system has of its own. GET /-/log answers the writes that came in, [{"method", "path", "body"}, …].
POST /-/set {…} merges into the state, as somebody else would. POST /-/reset begins anew.
"""
import base64
import json
import sys
import threading
import urllib.parse
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer


class System:
    """What all have: state, a trap, a log. answer() returns (status, body); write() is an answer() that is logged."""

    secret = None  # value of the header `header` that lets in
    header = "Authorization"

    def __init__(self):
        self.trap = ""
        self.log = []
        self.state = {}

    def denied(self, headers):
        return self.secret is not None and headers.get(self.header) != self.secret

    def denial(self):
        return 401, {"message": "Unauthorized"}

    def etag(self):
        return None

    def is_write(self, method, path):
        return method != "GET"


class Resilience4j(System):
    """Spring Boot endpoint circuitbreakers. Source: resilience4j CircuitBreakerEndpoint.java, CircuitBreakerActuatorTest."""

    secret = "Basic " + base64.b64encode(b"ops:s3cret-token").decode()

    def __init__(self):
        super().__init__()
        self.state = {"payments": "CLOSED", "search/all": "OPEN", "mail": "METRICS_ONLY"}

    def denial(self):
        return 401, ""

    def details(self, state):
        return {"failureRate": "-1.0%" if state != "OPEN" else "62.5%", "slowCallRate": "-1.0%",
                "failureRateThreshold": "50.0%", "slowCallRateThreshold": "100.0%", "bufferedCalls": 0, "failedCalls": 0,
                "slowCalls": 0, "slowFailedCalls": 0, "notPermittedCalls": 0, "state": state}

    def answer(self, method, path, query, body, lie):
        if path == "/actuator/circuitbreakers" and method == "GET":
            return 200, {"circuitBreakers": {n: self.details(s) for n, s in self.state.items()}}
        if path.startswith("/actuator/circuitbreakers/") and method == "POST":
            name = urllib.parse.unquote(path[len("/actuator/circuitbreakers/"):])
            states = {"FORCE_OPEN": "FORCED_OPEN", "CLOSE": "CLOSED", "DISABLE": "DISABLED"}
            wanted = states.get(json.loads(body).get("updateState"))
            if wanted is None:
                return 400, {"status": 400, "error": "Bad Request"}
            if self.trap == "csrf":
                return 403, {"status": 403, "error": "Forbidden"}
            if not lie:
                self.state[name] = wanted  # the ghost: a name that is not there is made
            return 200, {"circuitBreakerName": name, "currentState": wanted,
                         "message": name + " state has been changed successfully"}
        return 404, {"status": 404, "error": "Not Found"}

    def race(self):
        self.state["payments"] = "DISABLED"


class Envoy(System):
    """Admin interface. Source: envoy docs operations/admin, source/server/admin/runtime_handler.cc."""

    def __init__(self):
        super().__init__()
        self.state = {"clusters": ["payments", "search"], "admin": {}, "static": {"upstream.maintenance_mode.search": "5"},
                      "layers": ["static", "admin"]}

    def answer(self, method, path, query, body, lie):
        s = self.state
        if path == "/clusters":
            return 200, {"cluster_statuses": [{"name": n, "host_statuses": []} for n in s["clusters"]]}
        if path == "/runtime":
            entries = {}
            for key in set(s["static"]) | set(s["admin"]):
                values = [s[layer].get(key, "") for layer in s["layers"]]
                entries[key] = {"layer_values": values, "final_value": next((v for v in reversed(values) if v), "")}
            return 200, {"layers": s["layers"], "entries": entries}
        if path == "/runtime_modify":
            if method != "POST":
                return 405, "Method GET not allowed, POST required."
            if "admin" not in s["layers"]:
                return 503, "No admin layer specified"
            if not query:
                return 400, "usage: /runtime_modify?key1=value1&key2=value2&keyN=valueN\n"
            if self.trap == "empty":
                return 200, ""
            for key, value in urllib.parse.parse_qsl(query, keep_blank_values=True):
                if lie:
                    continue
                if value:
                    s["admin"][key] = value  # whatever the key is: a misspelt one is taken silently
                else:
                    s["admin"].pop(key, None)
            return 200, "OK\n"
        return 404, "invalid path"

    def race(self):
        self.state["admin"]["upstream.maintenance_mode.payments"] = "30"


class LaunchDarkly(System):
    """REST API v2 with semantic patches. Source: LaunchDarkly API documentation; the list's shape from the same."""

    secret = "api-s3cret-token"

    def __init__(self):
        super().__init__()
        self.state = {"lean": False, "search v2": True}
        for i in range(150):
            self.state["flag-%03d" % i] = False

    def flag(self, key):
        return {"key": key, "name": "Flag " + key, "kind": "boolean", "_version": 1,
                "environments": {"production": {"on": self.state[key], "version": 3}}}

    def answer(self, method, path, query, body, lie):
        q = urllib.parse.parse_qs(query)
        parts = [urllib.parse.unquote(p) for p in path.split("/")[1:]]
        if parts[:3] != ["api", "v2", "flags"] or parts[3] != "shop":
            return 404, {"code": "not_found", "message": "Unknown project key"}
        if len(parts) == 4:
            limit, offset = int(q.get("limit", ["20"])[0]), int(q.get("offset", ["0"])[0])
            keys = sorted(self.state)[offset:offset + limit]
            return 200, {"items": [self.flag(k) for k in keys], "totalCount": len(self.state)}
        if parts[4] not in self.state:
            return 404, {"code": "not_found", "message": "Unknown feature flag key " + parts[4]}
        if method == "PATCH":
            patch = json.loads(body)
            if self.trap == "limit":
                return 429, {"code": "rate_limited", "message": "You've exceeded the API rate limit."}
            if self.trap == "approval":
                return 400, {"code": "invalid_request", "message": "conflicts with a scheduled change"}
            if not patch.get("comment"):
                return 400, {"message": "comment required"}
            if not lie:
                self.state[parts[4]] = {"turnFlagOn": True, "turnFlagOff": False}[patch["instructions"][0]["kind"]]
        return 200, self.flag(parts[4])

    def race(self):
        self.state["lean"] = True


class Flipt(System):
    """v2 environments API. Source: flipt rpc/v2/environments/environments.proto. As protojson does, false is left out."""

    secret = "Bearer s3cret-token"

    def __init__(self):
        super().__init__()
        self.state = {"lean": {"enabled": False, "description": "fewer pictures", "variants": [{"key": "a"}]}}
        self.revision = 1

    def resource(self, key):
        payload = {"@type": "flipt.core.Flag", "key": key, "name": key, **self.state[key]}
        if not payload["enabled"]:
            del payload["enabled"]
        return {"namespaceKey": "default", "key": key, "payload": payload}

    def answer(self, method, path, query, body, lie):
        prefix = "/api/v2/environments/default/namespaces/default/resources"
        if not path.startswith(prefix):
            return 404, {"code": 5, "message": "not found"}
        if method == "PUT" and path == prefix:
            sent = json.loads(body)
            if sent["revision"] != "sha%d" % self.revision:
                return 409, {"code": 10, "message": "revision is stale", "details": []}
            if not lie:
                payload = sent["payload"]
                self.state[sent["key"]] = {"enabled": payload.get("enabled", False),
                                           "description": payload.get("description", ""),
                                           "variants": payload.get("variants", [])}
                self.revision += 1
            return 200, {"resource": self.resource(sent["key"]), "revision": "sha%d" % self.revision}
        rest = path[len(prefix):].split("/")[1:]
        if rest == ["flipt.core.Flag"]:
            return 200, {"resources": [self.resource(k) for k in self.state], "revision": "sha%d" % self.revision}
        key = urllib.parse.unquote(rest[1]) if len(rest) == 2 else ""
        if key not in self.state:
            return 404, {"code": 5, "message": "flag \"%s\" not found" % key}
        return 200, {"resource": self.resource(key), "revision": "sha%d" % self.revision}

    def race(self):
        self.state["lean"]["enabled"] = True
        self.revision += 1


class GrowthBook(System):
    """REST API v2. Source: GrowthBook API documentation (features, toggle)."""

    secret = "Bearer s3cret-token"

    def __init__(self):
        super().__init__()
        self.state = {"lean": False, "search": True}

    def feature(self, key):
        return {"id": key, "description": "about " + key, "environments": {"production": {"enabled": self.state[key]}}}

    def answer(self, method, path, query, body, lie):
        parts = [urllib.parse.unquote(p) for p in path.split("/")[1:]]
        if parts[:3] != ["api", "v2", "features"]:
            return 404, {"message": "Unknown API endpoint"}
        if len(parts) == 3:
            offset = int(urllib.parse.parse_qs(query).get("offset", ["0"])[0])
            features = [self.feature(k) for k in self.state][offset:offset + 100]
            return 200, {"features": features, "hasMore": False}
        if parts[3] not in self.state:
            return 404, {"message": "Could not find a feature with that key"}
        if method == "POST" and parts[4:] == ["toggle"]:
            if self.trap == "approval":
                return 403, {"message": "This environment requires approval"}
            sent = json.loads(body)
            if not lie:
                self.state[parts[3]] = sent["environments"]["production"]
        return 200, {"feature": self.feature(parts[3])}

    def race(self):
        self.state["lean"] = True


class ConfigCat(System):
    """Public management API. Source: ConfigCat API reference (settings, value by SDK key)."""

    secret = "Basic " + base64.b64encode(b"user:s3cret-token").decode()

    def __init__(self):
        super().__init__()
        self.state = {"lean": False, "search": True}

    def denied(self, headers):
        self.sdk = headers.get("X-CONFIGCAT-SDKKEY")
        return super().denied(headers)

    def answer(self, method, path, query, body, lie):
        if path == "/v1/configs/conf-1/settings":
            flags = [{"settingId": i, "key": k, "name": k, "hint": "about " + k, "settingType": "boolean"}
                     for i, k in enumerate(self.state)]
            return 200, flags + [{"settingId": 99, "key": "colour", "name": "colour", "settingType": "string"}]
        parts = [urllib.parse.unquote(p) for p in path.split("/")[1:]]
        if parts[:2] == ["v1", "settings"] and parts[3:] == ["value"] and parts[2] in self.state:
            if self.sdk != "sdk-s3cret-key":
                return 404, {"message": "SDK key not found"}
            if method == "PATCH":
                wanted = json.loads(body)[0]["value"]
                if wanted == self.state[parts[2]]:
                    return 204, None
                if not lie:
                    self.state[parts[2]] = wanted
                return 200, {"setting": {"key": parts[2]}, "value": wanted, "rolloutRules": []}
            return 200, {"setting": {"key": parts[2]}, "value": self.state[parts[2]], "rolloutRules": []}
        return 404, {"message": "Not found"}

    def race(self):
        self.state["lean"] = True


class Consul(System):
    """KV store. Source: Consul API documentation, kv. 200 in both cases of cas; only the body tells."""

    secret = "s3cret-token"
    header = "X-Consul-Token"

    def __init__(self):
        super().__init__()
        self.state = {"flags/lean": "off", "flags/slow mode": "weird", "other/x": "1"}
        self.index = {k: 10 + i for i, k in enumerate(self.state)}

    def denial(self):
        return 403, "Permission denied: token with AccessorID lacks permission 'key:write'"

    def answer(self, method, path, query, body, lie):
        if not path.startswith("/v1/kv/"):
            return 404, ""
        key = urllib.parse.unquote(path[len("/v1/kv/"):])
        q = urllib.parse.parse_qs(query)
        if method == "PUT":
            cas = int(q.get("cas", ["-1"])[0])
            if cas != self.index.get(key, 0):
                return 200, "false\n"
            if not lie:
                self.state[key] = body
                self.index[key] = max(self.index.values()) + 1
            return 200, "true\n"
        keys = [k for k in self.state if (k.startswith(key) if "recurse" in q else k == key)]
        if not keys:
            return 404, ""
        return 200, [{"LockIndex": 0, "Key": k, "Flags": 0, "Value": base64.b64encode(self.state[k].encode()).decode(),
                      "CreateIndex": 1, "ModifyIndex": self.index[k]} for k in keys]

    def race(self):
        self.state["flags/lean"] = "theirs"
        self.index["flags/lean"] += 100


class Sentinel(System):
    """Command API of an application instance. Source: Sentinel ModifyRulesCommandHandler, SimpleHttpCommandCenter."""

    def __init__(self):
        super().__init__()
        self.state = {"rules": [{"resource": "GET:/search", "grade": 1, "count": 200.0, "limitApp": "default", "strategy": 0,
                                 "controlBehavior": 0, "clusterMode": False}]}

    def answer(self, method, path, query, body, lie):
        q = urllib.parse.parse_qs(query)
        if path == "/clusterNode":
            return 200, [{"resource": r, "passQps": 1, "blockQps": 0} for r in ("GET:/pay+now 100%", "GET:/search")]
        if path == "/getRules" and q.get("type") == ["flow"]:
            return 200, self.state["rules"]
        if path == "/setRules" and method == "POST":
            form = urllib.parse.parse_qs(body)
            if self.trap == "complaint":
                return 200, "invalid type"
            data = urllib.parse.unquote_plus(form["data"][0])  # decoded a second time
            rules = json.loads(data)
            if not lie:
                self.state["rules"] = [{**r, "count": float(r["count"])} for r in rules]
            return 200, "partial success (write data source failed)" if self.trap == "partial" else "success"
        return 400, "Unknown command `%s`" % path[1:]

    def race(self):
        self.state["rules"].append({"resource": "GET:/pay+now 100%", "grade": 1, "count": 0.0, "limitApp": "default",
                                    "strategy": 0, "controlBehavior": 0})


class OwnService(System):
    """The four routes of the template own-service.yml. Source: opossum lib/circuit.js toJSON(). Besides, /plain: one line a
    switch, "NAME VALUE"; PUT /plain/NAME with If-Match changes one, 412 for a stale one."""

    secret = "Bearer s3cret-token"

    def __init__(self):
        super().__init__()
        self.state = {"payments": {"enabled": True, "open": False, "halfOpen": False}}
        self.plain = {"lean mode": "off", "banner": "hello"}
        self.version = 1

    def etag(self):
        return '"v%d"' % self.version

    def denied(self, headers):
        return False

    def breaker(self, name):
        s = self.state[name]
        return {"state": {"name": name, **s, "closed": not s["open"] and not s["halfOpen"]}, "status": {"failures": 0}}

    def answer(self, method, path, query, body, lie):
        parts = [urllib.parse.unquote(p) for p in path.split("/")[1:]]
        if parts == ["plain"]:
            return 200, "".join("%s\t%s\n" % item for item in self.plain.items())
        if parts[0] == "plain" and parts[1] in self.plain:
            if method == "PUT":
                if self.if_match != self.etag():
                    return 412, "changed meanwhile"
                self.plain[parts[1]] = body
                self.version += 1
                return 204, None
            return 200, self.plain[parts[1]]
        if parts == ["breakers"]:
            return 200, [self.breaker(n) for n in self.state]
        if parts[0] != "breakers" or parts[1] not in self.state:
            return 404, {"error": "no such breaker"}
        if method == "POST":
            if self.authorization != self.secret:
                return 401, {"error": "Unauthorized"}
            change = {"open": {"open": True, "halfOpen": False}, "close": {"open": False, "halfOpen": False},
                      "enable": {"enabled": True}, "disable": {"enabled": False}}.get(parts[2])
            if change is None:
                return 400, {"error": "unknown action"}
            if not lie:
                self.state[parts[1]].update(change)
        return 200, self.breaker(parts[1])

    def race(self):
        self.state["payments"]["open"] = True
        self.plain["lean mode"] = "on"
        self.version += 1


SYSTEMS = {"resilience4j-actuator": Resilience4j, "envoy-admin": Envoy, "launchdarkly": LaunchDarkly, "flipt": Flipt,
           "growthbook": GrowthBook, "configcat": ConfigCat, "consul-kv": Consul, "sentinel": Sentinel,
           "own-service": OwnService}


def handler_of(system, lock):
    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def log_message(self, *_):
            pass

        def send(self, status, body):
            text = "" if body is None else body if isinstance(body, str) else json.dumps(body)
            data = text.encode()
            self.send_response(status)
            self.send_header("Content-Type", "text/plain" if isinstance(body, str) else "application/json")
            if system.etag():
                self.send_header("ETag", system.etag())
            if status != 204:
                self.send_header("Content-Length", str(len(data)))
            self.send_header("Connection", "close")
            self.end_headers()
            self.wfile.write(data)
            self.close_connection = True

        def handle_any(self):
            path, _, query = self.path.partition("?")
            body = self.rfile.read(int(self.headers.get("Content-Length") or 0)).decode()
            with lock:
                if path == "/-/trap":
                    system.trap = json.loads(body)["trap"]
                    return self.send(200, {})
                if path == "/-/reset":
                    system.__init__()
                    return self.send(200, {})
                if path == "/-/set":
                    system.state.update(json.loads(body))
                    return self.send(200, {})
                if path == "/-/log":
                    return self.send(200, system.log)
                if path == "/-/state":
                    return self.send(200, system.state)
                write = system.is_write(self.command, path)
                if write:
                    system.log.append({"method": self.command, "path": self.path, "body": body})
                system.authorization = self.headers.get("Authorization")
                system.if_match = self.headers.get("If-Match")
                if system.denied(self.headers):
                    return self.send(*system.denial())
                trap = system.trap if write else ""
                if trap == "race":
                    system.race()
                swallowed = trap == "swallow"
                status, answer = (200, "") if swallowed else system.answer(self.command, path, query, body, trap == "lie")
            if trap in ("hold", "swallow"):
                self.rfile.read(1)  # until the client gives up
                self.close_connection = True
                return None
            return self.send(status, answer)

        do_GET = do_POST = do_PUT = do_PATCH = do_DELETE = handle_any

    return Handler


def main():
    system = SYSTEMS[sys.argv[1]]()
    server = ThreadingHTTPServer(("127.0.0.1", 0), handler_of(system, threading.Lock()))
    server.daemon_threads = True
    threading.Thread(target=server.serve_forever, daemon=True).start()
    print("PORT", server.server_address[1], flush=True)
    sys.stdin.read()


if __name__ == "__main__":
    main()

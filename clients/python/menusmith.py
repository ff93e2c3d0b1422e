"""Menusmith from Python: studies in, results out, through one warm process of `menusmith serve --stdio`.

    from menusmith import Menusmith

    with Menusmith() as server:
        result = server.solve(study, at=[{"value": 0.8, "scale": 0.5}])
        print(result["profit"], result["types"][0]["transfer"])

A study is YAML or JSON as a str, a dict, or a pathlib.Path, which is read. Results are what the commands print with
--json, as dicts and lists; `rows` makes of a list in them what pandas.DataFrame takes. Files that a study names are
beside the folder in which the server runs (`cwd`). One file, standard library only, Python 3.8 or later.
"""

import collections
import json
import os
import shutil
import subprocess
import threading

__all__ = ["Menusmith", "MenusmithError", "InputError", "rows"]

# Methods of the server, and the params that each of them takes.
METHODS = {
    "solve": ("study", "set", "timeLimit", "at", "supply"),
    "quote": ("study", "set", "timeLimit", "at", "supply"),
    "tiers": (
        "study", "set", "timeLimit", "count", "kind", "keep", "share", "round", "minShare", "fee", "deterministic",
        "scale",
    ),
    "evaluate": ("study", "set", "timeLimit", "menu", "against", "customers", "scale"),
    "check": ("study", "set", "timeLimit"),
}

# Requests that are on their way at once, where there are many.
_AHEAD = 64


class MenusmithError(Exception):
    """A request failed, or the server did. `status` is the code of JSON-RPC, None where the server is gone."""

    def __init__(self, message, status=None):
        super().__init__(message)
        self.status = status


class InputError(MenusmithError):
    """What was given is wrong: `code` says how, `path` names the field (as `buyers.types[0].mass`), `file` what it is
    in (`study`, `menu`, None for params), `line` and `column` the place where there is one."""

    def __init__(self, message, status, data):
        super().__init__(message, status)
        self.code = data.get("code")
        self.file = data.get("file")
        self.path = data.get("path")
        self.line = data.get("line")
        self.column = data.get("column")


class Menusmith:
    """A warm server. `command` is the program, or a list with its arguments; MENUSMITH_COMMAND where none is given.
    Use it in a `with`, or call `close`. Threads may share it: their requests take turns."""

    def __init__(self, command=None, plugins=(), allow_files=False, cwd=None):
        command = command or os.environ.get("MENUSMITH_COMMAND") or "menusmith"
        words = [command] if isinstance(command, (str, os.PathLike)) else list(command)
        program = shutil.which(os.fspath(words[0]))
        if program is None:
            raise MenusmithError("no program called {}; give command=...".format(words[0]))
        words = [program, *map(os.fspath, words[1:]), "serve", "--stdio"]
        for plugin in plugins:
            words += ["--plugin", os.fspath(plugin)]
        if allow_files:
            words.append("--allow-files")
        self._process = subprocess.Popen(words, stdin=subprocess.PIPE, stdout=subprocess.PIPE, cwd=cwd)
        self._lock = threading.Lock()
        self._last = 0
        # Answers by id: None while one is waited for.
        self._answers = {}

    def solve(self, study, at=(), **options):
        """The best menu and its certificate. `at` asks for buyers: dicts with value and scale, whose other fields
        are repeated as labels, or texts such as "value=0:1:11,scale=0.5". Options of all methods: `set`, a dict of fields with other values; `time_limit`,
        seconds. And here `supply`."""
        return self.call("solve", study=study, at=_list(at), **options)

    def quote(self, study, at, **options):
        """What these buyers get and pay: one flat dict a buyer, for pandas.DataFrame."""
        return rows(self.call("quote", study=study, at=_list(at), **options)["types"])

    def tiers(self, study, count, **options):
        """The best menus of few tiers. Options: `kind`, `keep`, `share`, `round`, `min_share`, `fee`,
        `deterministic`, `scale`."""
        return self.call("tiers", study=study, count=count, **options)

    def evaluate(self, study, menu, **options):
        """What a menu earns under free choice. Options: `against`, another menu; `customers`, dicts with customer_id
        and theta, or value and scale; `scale`."""
        return self.call("evaluate", study=study, menu=menu, **options)

    def check(self, study, **options):
        """Which assumptions and conditions hold, and by how much."""
        return self.call("check", study=study, **options)

    def call(self, method, **params):
        """The result of one request."""
        return self._await(self._ask(method, params))

    def calls(self, method, many):
        """The results of many requests of a method, in their order; the server works on several at once."""
        asked = collections.deque()
        try:
            for params in many:
                asked.append(self._ask(method, params))
                if len(asked) >= _AHEAD:
                    yield self._await(asked.popleft())
            while asked:
                yield self._await(asked.popleft())
        finally:
            # Whoever leaves before the end wants no more of them.
            for left in asked:
                self._forget(left)

    def close(self):
        """Ends the server."""
        process = self._process
        try:
            process.stdin.close()
        except OSError:
            pass
        try:
            process.wait(10)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()
        process.stdout.close()

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.close()

    def _ask(self, method, params):
        """Sends a request, and answers with its id."""
        params = _params(method, params, METHODS[method])
        with self._lock:
            self._last += 1
            self._send({"id": self._last, "method": method, "params": params})
            self._answers[self._last] = None
            return self._last

    def _send(self, message):
        line = json.dumps({"jsonrpc": "2.0", **message}, allow_nan=False, default=_plain)
        try:
            self._process.stdin.write(line.encode("utf-8") + b"\n")
            self._process.stdin.flush()
        except (OSError, ValueError):
            raise self._gone() from None

    def _await(self, asked):
        """The result of a request. Answers to others are put aside, and dropped where nobody waits for them any more."""
        try:
            with self._lock:
                while self._answers[asked] is None:
                    line = self._process.stdout.readline()
                    if not line:
                        raise self._gone()
                    answer = json.loads(line.decode("utf-8"))
                    if answer["id"] in self._answers:
                        self._answers[answer["id"]] = answer
                answer = self._answers.pop(asked)
        except BaseException:
            # As at Ctrl-C.
            self._forget(asked)
            raise
        if "result" in answer:
            return answer["result"]
        error = answer["error"]
        message = error["message"].replace("Invalid params: ", "", 1)
        if error["code"] == -32602:
            raise InputError(message, error["code"], error.get("data") or {})
        raise MenusmithError(message, error["code"])

    def _forget(self, asked):
        """Cancels a request whose answer nobody waits for any more."""
        with self._lock:
            if self._answers.pop(asked, {}) is None and self._process.poll() is None:
                self._send({"method": "$/cancelRequest", "params": {"id": asked}})

    def _gone(self):
        try:
            code = self._process.wait(10)
        except subprocess.TimeoutExpired:
            return MenusmithError("the server does not answer any more")
        return MenusmithError("the server has ended, with exit code {}".format(code))


def rows(items):
    """Flat dicts of nested ones, for pandas.DataFrame: `inputs` becomes `inputs.input`, `inputs.output`; lists stay."""
    return [_flat(item) for item in items]


def _flat(item, prefix=""):
    flat = {}
    for name, value in item.items():
        if isinstance(value, dict):
            flat.update(_flat(value, prefix + name + "."))
        else:
            flat[prefix + name] = value
    return flat


def _list(at):
    """One buyer, or several; what a dict has beside value and scale, as customer_id, are her labels."""
    return [_buyer(each) for each in ([at] if isinstance(at, (str, dict)) else at)]


def _buyer(asked):
    if not isinstance(asked, dict):
        return asked
    known = {name: asked[name] for name in ("value", "scale", "labels") if name in asked}
    others = {str(name): str(value) for name, value in asked.items() if name not in known}
    return {**known, "labels": {**known.get("labels", {}), **others}} if others else known


def _params(method, params, known):
    """Names as the server has them, and without what is None; files are read."""
    named = {}
    for name, value in params.items():
        first, *rest = name.split("_")
        own = first + "".join(word.capitalize() for word in rest)
        if own not in known:
            raise TypeError("{}() got an unexpected option {!r}; it takes {}".format(method, name, ", ".join(known)))
        if isinstance(value, os.PathLike):
            with open(value, encoding="utf-8") as file:
                value = file.read()
        if value is not None:
            named[own] = value
    return named


def _plain(value):
    """Numbers and arrays of numpy as Python's own."""
    if hasattr(value, "tolist"):
        return value.tolist()
    raise TypeError("expected data as JSON has it, got {!r}".format(value))

"""What a real systemd makes of server/deploy/todoita.service: `cargo xtask systemd` (xtask/src/systemd.rs) boots a virtual machine in
which systemd runs this as root, with the checkout's files at /project, and reads a line for each check: `ok NAME`, or `failed NAME:
WHY`. It ends with a power cut, after which it goes on where it was."""

import http.server
import json
import os
import re
import socket
import subprocess
import sys
import threading
import time
import urllib.parse
from http.client import HTTPConnection
from pathlib import Path

UNIT = "todoita"
DATA = Path("/var/lib/todoita")
# Outlasts the power cut.
KEPT = Path("/var/lib/todoita-checks.json")
SECRET = "whsec_dGhlIHdlYmhvb2sncyBzZWNyZXQgb2YgdGhpcyBtYWNoaW5l"
PASSWORD = "the password of hanako"
COMMAND = ["todoita-server", "--config", "/etc/todoita/server.toml", "--data", str(DATA), "--key-file", "/etc/todoita/keys"]
# With the variables of the file that only root reads, which are then in no log (sudo writes its command line there).
WITH_ENVIRONMENT = ["systemd-run", "--quiet", "--pipe", "--uid=todoita", "--property=EnvironmentFile=/etc/todoita/environment"]


def run(*command, okay=True, **rest):
    """The output of a program; with `okay` it has to succeed."""
    done = subprocess.run(command, capture_output=True, text=True, timeout=120, **rest)
    if okay and done.returncode != 0:
        raise AssertionError(f"{' '.join(command)}: {done.returncode}: {done.stdout}{done.stderr}")
    return (done.stdout + done.stderr).strip()


def shown(name, unit=UNIT):
    return run("systemctl", "show", "--value", "-p", name, unit)


def journal(*options):
    return run("journalctl", "--sync") + run("journalctl", "--no-pager", "-o", "cat", *options)


def operator(*command, **rest):
    """A command of the service as docs/operating.md runs it: as its user, with its variables."""
    return run(*WITH_ENVIRONMENT, *COMMAND, *command, **rest)


def until(read, within=60):
    """Waits until `read` is true; an error of the network is not. Gives the seconds that it took."""
    began = time.monotonic()
    while True:
        try:
            if read():
                return time.monotonic() - began
        except OSError:
            pass
        assert time.monotonic() - began < within, f"not within {within} s; the service's log:\n{journal('-u', UNIT, '-n', '20')}"
        time.sleep(0.2)


def status(path, port=9464):
    connection = HTTPConnection("127.0.0.1", port, timeout=40)
    connection.request("GET", path, headers={"Host": "login.example", "X-Real-IP": "192.0.2.7"})
    return connection.getresponse().status


def ready():
    return until(lambda: status("/readyz") == 200)


class Person:
    """A browser behind the proxy: keeps cookies, which are for https alone."""

    def __init__(self, cookies=None):
        self.cookies = cookies or {}

    def ask(self, path, fields=None):
        connection = HTTPConnection("127.0.0.1", 8080, timeout=60)
        headers = {"Host": "login.example", "X-Real-IP": "192.0.2.7", "Origin": "https://login.example"}
        headers["Cookie"] = "; ".join(f"{name}={value}" for name, value in self.cookies.items())
        body = None
        if fields is not None:
            headers["Content-Type"] = "application/x-www-form-urlencoded"
            body = urllib.parse.urlencode(fields)
        connection.request("POST" if body else "GET", path, body, headers)
        answer = connection.getresponse()
        for cookie in answer.headers.get_all("Set-Cookie", []):
            name, value = cookie.split(";")[0].split("=", 1)
            self.cookies[name] = value
        return answer.status, answer.read().decode()

    def password(self):
        seen = self.ask("/login", {"name": "hanako", "password": PASSWORD})
        assert seen[0] == 303, seen

    def code(self, code):
        attempt = re.search(r'name="todoita-attempt" value="([^"]*)"', self.ask("/login/code")[1])[1]
        seen = self.ask("/login/code", {"code": code, "todoita-attempt": attempt})
        assert seen[0] == 303, seen

    def is_in(self):
        return self.ask("/account")[0] == 200


class Gateway(http.server.BaseHTTPRequestHandler):
    """The gateway of text messages. Keeps them; while it stalls it answers none."""

    texts = []
    stalled = threading.Event()
    asked = threading.Event()

    def do_POST(self):
        body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        Gateway.asked.set()
        if Gateway.stalled.is_set():
            time.sleep(60)
            return
        Gateway.texts.append(body["data"]["text"])
        self.send_response(202)
        self.end_headers()

    def log_message(self, *_):
        pass


KNOWN = {}


def steps():
    """The commands of docs/operating.md, and what it says goes with them."""
    run("bash", "-ex", "/project/steps", cwd="/project/checkout")
    # A command of a service without secrets in variables.
    server = Path("/etc/todoita/server.toml").read_text()
    Path("/etc/todoita/plain.toml").write_text(server.split("[delivery")[0])
    run("sudo", "-u", UNIT, *[word.replace("server.toml", "plain.toml") for word in COMMAND], "user", "list")
    environment = Path("/etc/todoita/environment")
    environment.touch(0o600)
    environment.write_text(f"TODOITA_WEBHOOK_SECRET={SECRET}\n")
    run("systemctl", "restart", UNIT)
    assert run("systemctl", "is-enabled", UNIT) == "enabled"


def answers():
    ready()
    assert [status("/livez"), status("/", 8080)] == [200, 200]
    assert (DATA / "todoita.sqlite").is_file()
    modes = [oct(path.stat().st_mode & 0o777) for path in (DATA, DATA / "todoita.sqlite")]
    assert modes == ["0o700", "0o600"], modes


def process():
    fields = dict(line.split(":\t", 1) for line in Path(f"/proc/{shown('MainPID')}/status").read_text().splitlines() if ":\t" in line)
    user = run("id", "-u", UNIT)
    assert fields["Uid"].split() == [user] * 4, fields["Uid"]
    wanted = {"CapEff": "0" * 16, "CapBnd": "0" * 16, "NoNewPrivs": "1", "Seccomp": "2"}
    assert {name: fields[name] for name in wanted} == wanted, fields
    cgroup = Path(f"/sys/fs/cgroup/system.slice/{UNIT}.service")
    limits = [(cgroup / name).read_text().strip() for name in ("memory.max", "memory.swap.max", "pids.max")]
    assert limits == [str(1 << 30), "0", "256"], limits


def sandbox():
    """The unit with another program in it, /project/probe, which tries what the service never does."""
    Path("/home/person").mkdir(exist_ok=True)
    Path("/home/person/letter").write_text("private")
    Path("/tmp/of-others").write_text("private")
    unit = Path(f"/etc/systemd/system/{UNIT}.service").read_text()
    Path("/etc/systemd/system/probe.service").write_text(unit)
    folder = Path("/etc/systemd/system/probe.service.d")
    folder.mkdir(exist_ok=True)
    (folder / "program.conf").write_text("[Service]\nType=oneshot\nRestart=no\nExecStart=\nExecStart=/usr/bin/python3 /project/probe\n")
    run("systemctl", "daemon-reload")
    run("systemctl", "start", "probe")
    seen = json.loads((DATA / "probe.json").read_text())
    (DATA / "probe.json").unlink()
    assert seen.pop("processes") == [], "processes of others are seen"
    writable = seen.pop("writable")
    assert sorted(writable) == ["/tmp", str(DATA), "/var/tmp"], writable
    permitted = [name for name, outcome in seen.items() if outcome == "permitted"]
    assert not permitted, permitted
    KNOWN["refused"] = seen


def score():
    line = run("systemd-analyze", "security", "--no-pager", UNIT).splitlines()[-1]
    stated = re.search(r"gives it ([\d.]+) of 10", Path("/project/checkout/docs/operating.md").read_text())[1]
    given = re.search(r": ([\d.]+) ", line)[1]
    print(f"   {given}", flush=True)
    assert float(given) <= float(stated), f"{line}; docs/operating.md has {stated}"


def sign_in():
    made = operator("user", "add", "hanako", "--phone", "+819000005678", "--backup-codes", input=PASSWORD + "\n")
    KNOWN["backup"] = re.findall(r"\b\d{4} ?\d{4}\b", made)
    assert len(KNOWN["backup"]) == 10, made
    assert "hanako" in operator("user", "list")
    person = Person()
    person.password()
    until(lambda: Gateway.texts)
    person.code(re.search(r"\d{6}", Gateway.texts[-1])[0])
    assert person.is_in()
    KNOWN["cookies"] = person.cookies


def crashed():
    """Also ended by signals that systemd takes for a wish to end."""
    for signal in ("KILL", "ABRT", "HUP", "TERM"):
        former = shown("MainPID")
        run("systemctl", "kill", "--kill-whom=main", f"--signal={signal}", UNIT)
        until(lambda: shown("MainPID") not in ("0", former), 20)
        ready()
        assert Person(KNOWN["cookies"]).is_in(), f"the session is lost after SIG{signal}"
    assert not list(Path("/var/lib/systemd/coredump").glob("*")), "a copy of its memory was written"


def no_reload():
    former = shown("MainPID")
    answer = run("systemctl", "reload", UNIT, okay=False)
    assert "not applicable" in answer, answer
    assert shown("MainPID") == former


def stopped(within):
    began = time.monotonic()
    run("systemctl", "stop", UNIT)
    took = time.monotonic() - began
    assert shown("Result") == "success", journal("-u", UNIT, "-n", "20")
    assert took < within, f"{took:.1f} s"
    return took


def idle_stop():
    print(f"   an idle service ended after {stopped(5):.1f} s", flush=True)
    run("systemctl", "start", UNIT)
    ready()


def busy_stop():
    """An open request, and a message that the gateway holds."""
    time.sleep(30)  # A code is sent twice a minute at most.
    Gateway.stalled.set()
    Gateway.asked.clear()
    Person().password()
    assert Gateway.asked.wait(20), "the gateway was not asked"
    with socket.create_connection(("127.0.0.1", 8080)) as slow:
        slow.sendall(b"POST /login HTTP/1.1\r\nHost: login.example\r\nX-Real-IP: 192.0.2.7\r\nContent-Length: 99\r\n\r\nname=")
        time.sleep(1)
        print(f"   a busy service ended after {stopped(30):.1f} s", flush=True)
    Gateway.stalled.clear()
    before = len(Gateway.texts)
    run("systemctl", "start", UNIT)
    until(lambda: len(Gateway.texts) > before, 90)


def many():
    """More requests at once than it may have threads."""
    seen = []
    threads = [threading.Thread(target=lambda: seen.append(status("/assets/dist/todoita.js", 8080))) for _ in range(400)]
    former = shown("MainPID")
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert seen == [200] * 400, seen
    assert shown("MainPID") == former


def keeps_trying():
    """What it needs comes later than it does."""
    keys = Path("/etc/todoita/keys")
    keys.rename("/etc/todoita/later")
    run("systemctl", "restart", UNIT, okay=False)
    time.sleep(30)
    assert int(shown("NRestarts")) > 5, shown("NRestarts")
    Path("/etc/todoita/later").rename(keys)
    ready()


def backup():
    """As docs/operating.md has it, up to the command that is refused while the service runs."""
    copy = Path("/var/backups/todoita.sqlite")
    run("sh", "-c", f"umask 077; sqlite3 {DATA}/todoita.sqlite \"VACUUM INTO '{copy}'\"")
    run("systemd-cat", "-t", UNIT, *WITH_ENVIRONMENT, *COMMAND, "user", "unlock", "hanako")
    assert 'who="operator"' in journal("-t", UNIT)
    refused = subprocess.run([*WITH_ENVIRONMENT, *COMMAND, "after-restore"], capture_output=True)
    assert refused.returncode == 1, refused
    stopped(5)
    run("install", "-m", "0600", "-o", UNIT, "-g", UNIT, str(copy), str(DATA / "todoita.sqlite"))
    for more in ("-wal", "-shm"):
        (DATA / f"todoita.sqlite{more}").unlink(missing_ok=True)
    operator("after-restore")
    run("systemctl", "start", UNIT)
    ready()
    assert not Person(KNOWN["cookies"]).is_in(), "a session of the copy was revived"
    time.sleep(30)
    sent = len(Gateway.texts)
    person = Person()
    person.password()
    until(lambda: len(Gateway.texts) > sent)
    person.code(re.search(r"\d{6}", Gateway.texts[-1])[0])
    assert person.is_in()
    KNOWN["cookies"] = person.cookies


def logs():
    """All that the machine's journal has."""
    lines = journal()
    assert "todoita_server" in journal("-u", UNIT)
    assert "\x1b" not in journal("-u", UNIT), "colours"
    key = Path("/etc/todoita/keys").read_text().strip()
    codes = [re.search(r"\d{6}", text)[0] for text in Gateway.texts]
    secrets = [key, SECRET, PASSWORD, *codes, *KNOWN["backup"], *KNOWN["cookies"].values()]
    found = [secret for secret in secrets if re.search(rf"(?<![\w.]){re.escape(secret)}(?!\w)", lines)]
    assert not found, found


def power_cut():
    """The last that is written before it is a sign-in. A timer does not write it to the disk: the service does."""
    KEPT.write_text(json.dumps(KNOWN))
    os.sync()
    person = Person()
    person.password()
    person.code(KNOWN["backup"][0])
    KNOWN["cookies"] = person.cookies
    with KEPT.open("w") as kept:
        json.dump(KNOWN, kept)
        kept.flush()
        os.fsync(kept.fileno())
    Path("/proc/sysrq-trigger").write_text("b")
    time.sleep(60)


def after_power_cut():
    ready()
    assert run("systemctl", "is-active", UNIT) == "active"
    assert Person(KNOWN["cookies"]).is_in(), "the session is lost"
    assert run("sqlite3", str(DATA / "todoita.sqlite"), "PRAGMA integrity_check") == "ok"
    person = Person()
    person.password()
    person.code(KNOWN["backup"][0])
    assert not person.is_in(), "a backup code was accepted twice"


FIRST = [
    ("the steps of docs/operating.md are carried out", steps),
    ("it answers on its health endpoint and its front page, with SQLite", answers),
    ("its process has a user of its own, no capabilities, a filter and the limits", process),
    ("in its sandbox nothing but its folders can be written, and /home cannot be read", sandbox),
    ("systemd-analyze security gives what docs/operating.md states", score),
    ("an account is added beside it, and its person signs in with a code that the gateway gets", sign_in),
    ("a process that is ended by a signal is followed by another one, and nothing is lost", crashed),
    ("reload is refused and disturbs nothing", no_reload),
    ("an idle service stops at once", idle_stop),
    ("a busy service stops in time, and its message is delivered by the next one", busy_stop),
    ("400 requests at once are answered", many),
    ("it is tried again until what it needs is there", keeps_trying),
    ("a backup is restored by the steps of docs/operating.md", backup),
    ("its log is in the journal, without secrets", logs),
]
SECOND = [("after a power cut the machine starts it, and nothing is lost", after_power_cut)]


def main():
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 9000), Gateway)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    is_first = not KEPT.exists()
    if not is_first:
        KNOWN.update(json.loads(KEPT.read_text()))
    for name, check in FIRST if is_first else SECOND:
        try:
            check()
            print(f"ok {name}", flush=True)
        except Exception as error:
            print(f"failed {name}: {type(error).__name__} {error}".replace("\n", "\n   "), flush=True)
    if is_first:
        power_cut()
    print("done", flush=True)
    run("systemctl", "poweroff", okay=False)


sys.exit(main())

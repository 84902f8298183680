"""The program support-sim for a test file: started on a free port, driven by boto3 and by its control API."""

import json
import os
import re
import subprocess
import threading
import urllib.error
import urllib.request

import boto3
import botocore.config
import botocore.exceptions
import urllib3

from contract import Contract

# AWS's documented example pair, which the program takes unless told otherwise.
KEY, SECRET = "AKIAIOSFODNN7EXAMPLE", "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY"
REGION = "us-east-1"
CONTROL = "/_eco/api"
INCIDENT = "service-ams-operations-report-incident"
HTTP = urllib3.PoolManager(retries=False)


class Emulator:
    """One running support-sim whose ECO keeps silent and whose quotas are off unless a test turns them on."""

    def __init__(self, *arguments):
        self.process = subprocess.Popen(
            [os.environ["SUPPORT_SIM"], "--port", "0", "--pace", "off", *arguments],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            text=True,
        )
        try:
            for line in self.process.stdout:
                if ready := re.fullmatch(r"listening on (http://127\.0\.0\.1:\d+)\n", line):
                    self.url = ready[1]
                    break
            else:
                raise AssertionError(f"support-sim ended with {self.process.wait()} before it listened")
            # Reading goes on to the end, or the program would one day block on a full pipe.
            threading.Thread(target=self.process.stdout.read, daemon=True).start()
            self.contract = Contract(self.url)
            self.quotas()
        except BaseException:
            self.stop()
            raise

    def stop(self):
        self.process.kill()
        self.process.wait()
        self.process.stdout.close()

    # --- AWS's door ---

    def client(self, key=KEY, secret=SECRET, token=None, **config):
        """boto3's client, without retries. All that it gets is held against the model."""
        config = {"retries": {"total_max_attempts": 1}, "parameter_validation": True} | config
        # A session of its own: boto3's default one is not made for threads.
        client = boto3.session.Session().client(
            "support",
            endpoint_url=self.url,
            region_name=REGION,
            aws_access_key_id=key,
            aws_secret_access_key=secret,
            aws_session_token=token,
            config=botocore.config.Config(**config),
        )
        return self.contract.watch(client)

    # --- the control API ---

    def control(self, method, path, body=None):
        request = urllib.request.Request(
            f"{self.url}{CONTROL}/{path}",
            method=method,
            data=None if body is None else json.dumps(body).encode(),
            headers={"Content-Type": "application/json"},
        )
        try:
            with urllib.request.urlopen(request, timeout=60) as response:
                text = response.read()
        except urllib.error.HTTPError as error:
            raise AssertionError(f"{method} {path} {body}: {error.code} {error.read()!r}") from None
        return json.loads(text) if text else None

    def fault(self, on, times=1, **fault):
        """What happens to the next calls: `fault(operation, kind="refuse", code="ThrottlingException")`."""
        return self.control("POST", "faults", {"on": on, "times": times, "fault": fault})

    def step(self, **time):
        """Puts the clock on: `step(hours=1)`. Signatures may follow it or the computer's clock."""
        seconds = time.pop("seconds", 0) + 60 * time.pop("minutes", 0) + 3600 * time.pop("hours", 0)
        seconds += 86400 * time.pop("days", 0)
        assert not time
        self.control("POST", "clock/step", {"by": f"{seconds}s"})

    def quotas(self, **limits):
        """No quotas but these: calls_per_second, cases_per_hour, ..."""
        none = {
            "calls_per_second": None,
            "cases_per_hour": None,
            "attachment_sets_per_hour": None,
            "described_attachments_per_minute": None,
        }
        assert set(limits) <= set(none)
        self.control("PATCH", "account", {"quotas": none | limits})

    def account(self, **changes):
        """`plan="none"`, `denied=["support:CreateCase"]`."""
        return self.control("PATCH", "account", changes)

    def customer(self, key, secret, **more):
        """Adds someone who may call: `session_token`, `expires` (ISO 8601), `author`."""
        self.control(
            "POST", "account/customers", {"access_key_id": key, "secret_access_key": secret, **more}
        )


def code_of(error):
    """The code of a ClientError."""
    return error.response["Error"]["Code"]


def message_of(error):
    """The text of a ClientError."""
    return error.response["Error"]["Message"]


class Refusals:
    """Mixed into test cases: how a refused call is caught."""

    def refused(self, code, call, *args, **kwargs):
        """The error that the call is refused with, whose code must be this one."""
        with self.assertRaises(botocore.exceptions.ClientError) as caught:
            call(*args, **kwargs)
        self.assertEqual(code_of(caught.exception), code, message_of(caught.exception))
        return caught.exception

    def refused_as(self, name, client, call, *args, **kwargs):
        """The same, caught as its own exception class, as client code catches it."""
        kind = getattr(client.exceptions, name)
        try:
            call(*args, **kwargs)
        except kind as error:
            self.assertIs(type(error), kind)
            self.assertEqual(code_of(error), name)
            return error
        self.fail(f"{name} was not raised")

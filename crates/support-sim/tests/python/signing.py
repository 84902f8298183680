"""Requests signed by botocore's own signer, which a test can spoil before or after."""

import base64
import json
from datetime import datetime, timedelta, timezone
from unittest import mock

import botocore.auth
import botocore.awsrequest
import botocore.credentials

from emulator import HTTP, KEY, REGION, SECRET


def as_json(value):
    """JSON of a request; bytes become base64, as in the protocol."""
    return json.dumps(value, default=lambda data: base64.b64encode(data).decode()).encode()


class Answer:
    def __init__(self, response):
        self.status, self.headers, self.body = response.status, response.headers, response.data

    @property
    def refusal(self):
        """Code and text of an error, (None, None) of an answer."""
        value = json.loads(self.body)
        return value.get("__type"), value.get("message")


def request_for(emulator, operation, value, headers=()):
    """A call that is not signed yet."""
    return botocore.awsrequest.AWSRequest(
        method="POST",
        url=f"{emulator.url}/",
        data=value if isinstance(value, bytes) else as_json(value),
        headers={
            "Content-Type": "application/x-amz-json-1.1",
            "X-Amz-Target": f"AWSSupport_20130415.{operation}",
            **dict(headers),
        },
    )


def sign(request, key=KEY, secret=SECRET, token=None, region=REGION, service="support", skew=timedelta(0)):
    """Signs as botocore signs, with a clock that is off by `skew`."""
    credentials = botocore.credentials.Credentials(key, secret, token)
    now = datetime.now(timezone.utc).replace(tzinfo=None) + skew
    with mock.patch.object(botocore.auth, "get_current_datetime", lambda *_, **__: now):
        botocore.auth.SigV4Auth(credentials, service, region).add_auth(request)
    return request


def send(request):
    """Sends the call as it is, and judges nothing."""
    prepared = request.prepare()
    return Answer(HTTP.request(prepared.method, prepared.url, body=prepared.body, headers=dict(prepared.headers)))


def call(emulator, operation, value, headers=(), **signer):
    """A signed call of any body; what comes back is held against the model."""
    answer = send(sign(request_for(emulator, operation, value, headers), **signer))
    lower = {name.lower(): value for name, value in answer.headers.items()}
    emulator.contract.judge(operation, answer.status, lower, answer.body)
    return answer

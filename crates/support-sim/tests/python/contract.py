"""Holds what travels against botocore's own model of AWS Support: each response, and what a request may be.

The raw JSON is judged, not what botocore makes of it: its parser drops what it does not know.
"""

import base64
import json
import re

import botocore.session

MODEL = botocore.session.get_session().get_service_model("support")

# Trusted Advisor is out of scope; all else of the model is not.
OUT_OF_SCOPE = {
    "DescribeTrustedAdvisorCheckRefreshStatuses",
    "DescribeTrustedAdvisorCheckResult",
    "DescribeTrustedAdvisorCheckSummaries",
    "DescribeTrustedAdvisorChecks",
    "RefreshTrustedAdvisorCheck",
}
OPERATIONS = sorted(set(MODEL.operation_names) - OUT_OF_SCOPE)

# In no model, and sent all the same.
UNMODELLED = {
    "AccessDeniedException",
    "ExpiredTokenException",
    "IncompleteSignatureException",
    "InvalidParameterValueException",
    "InvalidSignatureException",
    "MissingAuthenticationTokenException",
    "SerializationException",
    "SubscriptionRequiredException",
    "ThrottlingException",
    "UnknownOperationException",
    "UnrecognizedClientException",
    "ValidationException",
}

# Unknown uploads are no errors of these operations in the model, and some error there must be.
GUESSED = {("AddCommunicationToCase", "UploadIdNotFound"), ("CreateCase", "UploadIdNotFound")}


def _without_doubles(pairs):
    members = dict(pairs)
    if len(members) != len(pairs):
        raise ValueError(f"a member comes twice: {[name for name, _ in pairs]}")
    return members


class Contract:
    """Judges responses, and remembers which members of the model have been seen in one."""

    def __init__(self, origin):
        # The emulator's links lead to itself. AWS's are https by the model; in this alone the two must differ.
        self.origin = origin
        self.seen = set()
        self.answers = 0

    def watch(self, client):
        """Judges all that this client gets from now on."""
        client.meta.events.register("before-parse.support", self._before_parse)
        return client

    def _before_parse(self, operation_model, response_dict, **_):
        self.judge(
            operation_model.name,
            response_dict["status_code"],
            {name.lower(): value for name, value in response_dict["headers"].items()},
            response_dict["body"],
        )

    def judge(self, operation, status, headers, body):
        """Raises AssertionError with all that is wrong with a response."""
        self.answers += 1
        problems = []
        if headers.get("content-type") != "application/x-amz-json-1.1":
            problems.append(f"Content-Type {headers.get('content-type')}")
        if not re.fullmatch(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}", headers.get("x-amzn-requestid", "")):
            problems.append(f"x-amzn-RequestId {headers.get('x-amzn-requestid')}")
        if headers.get("content-length") != str(len(body)):
            problems.append(f"Content-Length {headers.get('content-length')} of {len(body)}")
        if not headers.get("date"):
            problems.append("no Date")
        value = json.loads(body, object_pairs_hook=_without_doubles)
        model = MODEL.operation_model(operation)
        if status == 200:
            self._check(model.output_shape, value, operation, problems)
        else:
            self._check_error(model, status, headers, value, problems)
        assert not problems, f"{operation} answered {body[:600]!r}: " + "; ".join(problems)

    def _check_error(self, model, status, headers, value, problems):
        code = value.pop("__type", None)
        if headers.get("x-amzn-errortype") != code:
            problems.append(f"x-amzn-ErrorType {headers.get('x-amzn-errortype')} is not {code}")
        if not isinstance(value.get("message", ""), str):
            problems.append("the message is no text")
        modelled = {shape.name: shape for shape in model.error_shapes}
        if code in modelled:
            if not value.get("message"):
                problems.append("no message")
            self._check(modelled[code], value, code, problems)
        elif code not in UNMODELLED and (model.name, code) not in GUESSED:
            problems.append(f"{code} is an error of no model")
        elif set(value) - {"message"}:
            problems.append(f"unknown members {set(value)}")
        if status != (500 if code == "InternalServerError" else 400):
            problems.append(f"status {status}")

    def _check(self, shape, value, path, problems):
        self.seen.add(path)
        kind = shape.type_name
        if kind == "structure":
            if not isinstance(value, dict):
                problems.append(f"{path} is no structure")
                return
            for name in set(value) - set(shape.members):
                problems.append(f"{path}.{name} is unknown")
            for name in set(shape.required_members) - set(value):
                problems.append(f"{path}.{name} is missing")
            for name in set(value) & set(shape.members):
                self._check(shape.members[name], value[name], f"{path}.{name}", problems)
        elif kind == "list":
            if not isinstance(value, list):
                problems.append(f"{path} is no list")
                return
            self._check_range(shape, len(value), path, problems)
            for item in value:
                self._check(shape.member, item, f"{path}[]", problems)
        elif kind == "string":
            if not isinstance(value, str):
                problems.append(f"{path} is no string: {value!r}")
                return
            if shape.name == "HttpsUrl" and value.startswith(f"{self.origin}/"):
                value = value.replace(self.origin, "https://attachments.support.us-east-1.amazonaws.com", 1)
            self._check_range(shape, len(value), path, problems)
            pattern = shape.metadata.get("pattern")
            if pattern and not re.search(pattern, value):
                problems.append(f"{path} is not of {pattern}: {value!r}")
            if shape.enum and value not in shape.enum:
                problems.append(f"{path} is none of {shape.enum}: {value!r}")
        elif kind in ("integer", "long"):
            most = 2**31 if kind == "integer" else 2**63
            if isinstance(value, bool) or not isinstance(value, int) or not -most <= value < most:
                problems.append(f"{path} is no {kind}: {value!r}")
                return
            self._check_range(shape, value, path, problems)
        elif kind == "boolean":
            if not isinstance(value, bool):
                problems.append(f"{path} is no boolean: {value!r}")
        elif kind == "blob":
            try:
                base64.b64decode(value, validate=True)
            except (TypeError, ValueError):
                problems.append(f"{path} is no base64")
        else:
            problems.append(f"{path}: a {kind}, which this check does not know")

    @staticmethod
    def _check_range(shape, number, path, problems):
        least, most = shape.metadata.get("min"), shape.metadata.get("max")
        if least is not None and number < least or most is not None and number > most:
            problems.append(f"{path} is {number}, not {least} to {most}")


def members_of(shape, path):
    """All members of a shape, as `Contract.seen` spells them."""
    yield path
    if shape.type_name == "structure":
        for name, member in shape.members.items():
            yield from members_of(member, f"{path}.{name}")
    elif shape.type_name == "list":
        yield from members_of(shape.member, f"{path}[]")

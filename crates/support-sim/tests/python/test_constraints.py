"""Every constraint of the model on a request is broken once, and met at its very edge once.

The cases are made from botocore's model, so that a constraint that AWS adds is tested from the day the model is
brought up to date. botocore's own checks are switched off: the emulator has to make them.
"""

import copy
import unittest

import botocore.exceptions

from contract import MODEL, OPERATIONS
from emulator import INCIDENT, Emulator, code_of, message_of

VALID = {  # what a made-up text would not do for, so that a broken constraint is the only thing wrong
    "issueType": "technical",
    "serviceCode": INCIDENT,
    "language": "en",
    "afterTime": "2026-05-14T00:00:00Z",
    "beforeTime": "2026-05-15T00:00:00Z",
    "data": b"abc",
    "startIndex": 1,
    "endIndex": 2,
    "partIndex": 1,
    "maxResults": 10,
    "fileSizeBytes": 1,
}


def sample(shape, name):
    """A value that the model allows, with all that it requires and nothing else."""
    if name in VALID:
        return VALID[name]
    kind = shape.type_name
    if kind == "structure":
        return {member: sample(shape.members[member], member) for member in shape.required_members}
    if kind == "list":
        return [sample(shape.member, name)]
    if kind == "string":
        return text_of(max(shape.metadata.get("min", 0), 1))
    if kind in ("integer", "long"):
        return shape.metadata.get("min", 1)
    if kind == "boolean":
        return False
    raise AssertionError(f"{name}: a {kind}, which this test does not know")


def text_of(length):
    """A text of so many characters, which are not all of one byte."""
    return ("xä" * (length // 2 + 1))[:length]


def nodes(shape, path=()):
    """Each member of an input, with the way to it."""
    for name, member in shape.members.items():
        yield (*path, name), member
        inner, way = member, (*path, name)
        while inner.type_name == "list":
            inner, way = inner.member, (*way, 0)
            yield way, inner
        if inner.type_name == "structure":
            yield from nodes(inner, way)


def put(request, shape, path, value):
    """Sets what lies at the end of the path, and makes what lies on the way."""
    for step, following in zip(path, [*path[1:], None]):
        member = shape.member if step == 0 else shape.members[step]
        if following is None:
            if step == 0:
                request[:] = [value]
            else:
                request[step] = value
            return
        if step == 0:
            request = request[0]
        else:
            request = request.setdefault(step, sample(member, step))
        if isinstance(request, list) and not request:
            request.append(sample(member.member, step))
        shape = member


def remove(request, path):
    for step in path[:-1]:
        request = request[step]
    del request[path[-1]]


class Case:
    def __init__(self, operation, path, what, request, says):
        self.operation, self.path, self.what, self.request, self.says = operation, path, what, request, says

    def __str__(self):
        return f"{self.operation} {'.'.join(map(str, self.path))}: {self.what}"


def cases():
    """Requests that break one constraint (`says` is AWS's text), and requests at its edge (`says` is None)."""
    for operation in OPERATIONS:
        root = MODEL.operation_model(operation).input_shape
        base = sample(root, "")

        def with_(path, value):
            request = copy.deepcopy(base)
            put(request, root, path, value)
            return request

        for path, shape in nodes(root):
            least, most = shape.metadata.get("min"), shape.metadata.get("max")
            kind = shape.type_name

            def case(what, value, says):
                return Case(operation, path, what, with_(path, value), says)

            if kind in ("string", "list"):
                def of(length):
                    if kind == "string":
                        return text_of(length)
                    return [sample(shape.member, path[-1]) for _ in range(length)]

                if least:
                    short = f"Member must have length greater than or equal to {least}"
                    yield case("too short", of(least - 1), short)
                    yield case("just long enough", of(least), None)
                if most is not None:
                    yield case("too long", of(most + 1), f"Member must have length less than or equal to {most}")
                    yield case("just short enough", of(most), None)
            elif kind in ("integer", "long"):
                if least is not None:
                    yield case("too small", least - 1, f"Member must have value greater than or equal to {least}")
                    yield case("just great enough", least, None)
                if most is not None:
                    yield case("too great", most + 1, f"Member must have value less than or equal to {most}")
                    yield case("just small enough", most, None)
            if kind == "string" and shape.enum:
                yield case("not in the enumeration", "neither", "Member must satisfy enum value set")
            if shape.metadata.get("pattern"):
                yield case("not of the pattern", "\u0000", "Member must satisfy regular expression pattern")

        # What is required: absent, and null.
        places = [((), root)] + [(path, shape) for path, shape in nodes(root) if shape.type_name == "structure"]
        for path, shape in places:
            for name in shape.required_members:
                way = (*path, name)
                full = with_(path, sample(shape, path[-1])) if path else copy.deepcopy(base)
                absent = copy.deepcopy(full)
                remove(absent, way)
                yield Case(operation, way, "absent", absent, "Member must not be null")


def wrong_types():
    """Requests with a member of another JSON type than the model's."""
    other = {
        "structure": ["text", [1], 1],
        "list": ["text", {"a": 1}, 1],
        "string": [1, ["text"], {"a": "b"}, True],
        "integer": ["text", [1], True, 1.5],
        "long": ["text", [1], True, 1.5],
        "boolean": ["text", 1, []],
        "blob": [1, ["YQ=="], True],
    }
    for operation in OPERATIONS:
        root = MODEL.operation_model(operation).input_shape
        for path, shape in nodes(root):
            for value in other[shape.type_name]:
                request = sample(root, "")
                put(request, root, path, value)
                yield operation, path, value, request


class Constraints(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.emulator = Emulator()
        cls.addClassCleanup(cls.emulator.stop)
        cls.client = cls.emulator.client(parameter_validation=False)

    def answer(self, operation, request):
        """The code and text of the refusal, or None for an answer. A dry run makes nothing."""
        try:
            self.client._make_api_call(operation, {**request, "dryRun": True})
        except botocore.exceptions.ClientError as error:
            return code_of(error), message_of(error)
        return None

    def test_each_constraint_is_kept(self):
        made = list(cases())
        # Fewer would mean that this test has lost its way through the model.
        self.assertGreater(sum(case.says is not None for case in made), 50)
        for case in made:
            with self.subTest(str(case)):
                code, message = self.answer(case.operation, case.request)
                if case.says is None:
                    self.assertNotEqual(code, "ValidationException", message)
                    self.assertNotEqual(code, "SerializationException", message)
                    continue
                self.assertEqual(code, "ValidationException", message)
                self.assertIn(case.says, message)
                self.assertRegex(message, r"^1 validation error detected: Value .* at '")
                # In AWS's words: a list of texts as a whole, a list of structures counted from one, such as
                # attachments.1.member.fileName.
                if case.path[-1] == 0:
                    self.assertIn(" failed to satisfy constraint: Member must satisfy constraint: [", message)
                    case.path = case.path[:-1]
                spelled = ".".join("1.member" if step == 0 else step for step in case.path)
                self.assertIn(f" at '{spelled}' failed to satisfy constraint: ", message)

    def test_several_broken_constraints_are_told_together(self):
        code, message = self.answer("CreateCase", {"communicationBody": "", "uploadIds": ["x"] * 11})
        self.assertEqual(code, "ValidationException")
        self.assertRegex(message, r"^3 validation errors detected: Value .*; Value .*; Value ")
        for member in ("subject", "communicationBody", "uploadIds"):
            self.assertIn(f"at '{member}' failed", message)

    def test_values_of_another_type_are_not_read(self):
        for operation, path, value, request in wrong_types():
            with self.subTest(f"{operation} {path} {value!r}"):
                code, message = raw_answer(self.emulator, operation, request)
                self.assertEqual(code, "SerializationException", message)

    def test_unknown_members_are_ignored(self):
        for operation in OPERATIONS:
            with self.subTest(operation):
                request = sample(MODEL.operation_model(operation).input_shape, "")
                code, message = raw_answer(self.emulator, operation, {**request, "colour": ["red"]})
                self.assertNotIn(code, ("ValidationException", "SerializationException"), message)

    def test_an_absent_value_is_as_good_as_null(self):
        for operation in OPERATIONS:
            shape = MODEL.operation_model(operation).input_shape
            nulls = {name: None for name in shape.members if name not in shape.required_members}
            with self.subTest(operation):
                request = sample(shape, "")
                with_nulls = raw_answer(self.emulator, operation, {**request, **nulls, "dryRun": True})
                self.assertEqual(with_nulls, raw_answer(self.emulator, operation, {**request, "dryRun": True}))
        for operation in OPERATIONS:
            for name in MODEL.operation_model(operation).input_shape.required_members:
                with self.subTest(f"{operation} {name}"):
                    request = sample(MODEL.operation_model(operation).input_shape, "")
                    code, message = raw_answer(self.emulator, operation, {**request, name: None})
                    self.assertEqual(code, "ValidationException", message)
                    self.assertIn(f"Value null at '{name}'", message)


def raw_answer(emulator, operation, request):
    """Code and text of what a JSON body is answered with that botocore would not write."""
    from signing import call

    return call(emulator, operation, request).refusal

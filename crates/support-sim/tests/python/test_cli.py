"""The AWS CLI, as a person starts it: each operation, and each error by its exit code and words.

Version 1, which is on PyPI, carries an old model of the service, without uploads. It is given botocore's model, as
`aws configure add-model` would do it.
"""

import base64
import json
import os
import pathlib
import shutil
import subprocess
import tempfile
import unittest
from concurrent.futures import ThreadPoolExecutor

import botocore

from contract import MODEL, OPERATIONS, UNMODELLED, Contract
from emulator import INCIDENT, KEY, REGION, SECRET, Emulator
from world import World, python_name

# A refusal of the service; the AWS CLI of PyPI is version 1, which says 255 where version 2 says 254.
REFUSED = 255


class Cli(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.emulator = Emulator()
        cls.addClassCleanup(cls.emulator.stop)
        cls.world = World(cls.emulator, cls.emulator.client())
        models = tempfile.TemporaryDirectory()
        cls.addClassCleanup(models.cleanup)
        shutil.copytree(pathlib.Path(botocore.__file__).parent / "data/support", f"{models.name}/support")
        cls.environment = {
            **os.environ,
            "AWS_ACCESS_KEY_ID": KEY,
            "AWS_SECRET_ACCESS_KEY": SECRET,
            "AWS_MAX_ATTEMPTS": "1",
            "AWS_DATA_PATH": models.name,
        }

    def aws(self, operation, *arguments):
        """Exit code, standard output and standard error of `aws support OPERATION`."""
        command = [os.environ["AWS_CLI"], "support", python_name(operation).replace("_", "-"), *arguments]
        command += ["--endpoint-url", self.emulator.url, "--region", REGION, "--output", "json"]
        done = subprocess.run(command, env=self.environment, capture_output=True, text=True, check=False)
        return done.returncode, done.stdout, done.stderr

    def answer(self, operation, *arguments):
        """The answer of a call that succeeds, held against the model once more."""
        code, out, error = self.aws(operation, *arguments)
        self.assertEqual((code, error), (0, ""), operation)
        value = json.loads(out)
        problems = []
        Contract(self.emulator.url)._check(MODEL.operation_model(operation).output_shape, value, operation, problems)
        self.assertEqual(problems, [])
        return value

    def test_every_operation(self):
        world, called = self.world, set()

        def run(operation, *arguments):
            called.add(operation)
            return self.answer(operation, *arguments)

        added = run("AddAttachmentsToSet", "--attachments", "fileName=app.log,data=line 1")
        began = run("GetAttachmentUploadLinks", "--file-name", "big.log", "--file-size-bytes", "6")
        etag = world.put(began["uploadUrls"][0]["url"], b"line 1")
        parts = json.dumps([{"partIndex": 1, "eTag": etag}])
        run("CompleteAttachmentUpload", "--upload-id", began["uploadId"], "--completed-uploads", parts)
        world.wait_until_ready(began["uploadId"])
        status = run("DescribeAttachmentUploadStatus", "--upload-id", began["uploadId"])
        self.assertEqual((status["uploadStatus"], status["fileName"]), ("attachment-ready", "big.log"))
        case = run("CreateCase", "--subject", "From the shell", "--communication-body", "It \"fails\" since 06:40",
                   "--service-code", INCIDENT, "--category-code", world.category, "--severity-code", "high",
                   "--cc-email-addresses", "a@example.com", "b@example.com", "--language", "en",
                   "--issue-type", "technical", "--attachment-set-id", added["attachmentSetId"])["caseId"]
        run("AddCommunicationToCase", "--case-id", case, "--communication-body", "More",
            "--upload-ids", began["uploadId"])
        cases = run("DescribeCases", "--case-id-list", case, "--include-communications")["cases"]
        self.assertEqual([each["subject"] for each in cases], ["From the shell"])
        said = run("DescribeCommunications", "--case-id", case)["communications"]
        self.assertEqual({each["body"] for each in said}, {"It \"fails\" since 06:40", "More"})
        files = {file["fileName"]: file["attachmentId"] for each in said for file in each.get("attachments", [])}
        self.assertEqual(set(files), {"app.log", "big.log"})
        old = run("DescribeAttachment", "--attachment-id", files["app.log"])["attachment"]
        self.assertEqual(base64.b64decode(old["data"]), b"line 1")
        link = run("GetAttachmentDownloadLink", "--attachment-id", files["big.log"])
        self.assertEqual(link["fileName"], "big.log")
        run("DescribeServices", "--service-code-list", INCIDENT)
        run("DescribeSeverityLevels", "--language", "en")
        choice = ["--issue-type", "technical", "--service-code", INCIDENT, "--category-code", world.category]
        run("DescribeCreateCaseOptions", *choice, "--language", "en")
        run("DescribeSupportedLanguages", *choice)
        resolved = run("ResolveCase", "--case-id", case)
        self.assertEqual(resolved["finalCaseStatus"], "resolved")
        self.assertEqual(called, set(OPERATIONS))

    def test_every_error_is_told_by_its_name(self):
        """Each error once, by an operation that the model gives it to (the unmodelled ones by any)."""
        errors = {shape.name: operation for operation in OPERATIONS
                  for shape in MODEL.operation_model(operation).error_shapes}
        operations = {**{code: "DescribeServices" for code in UNMODELLED}, **errors}
        requests = {code: json.dumps(self.world.arguments(operation), default=lambda data: base64.b64encode(data).decode())
                    for code, operation in operations.items()}

        def told(code):
            operation, extra = operations[code], []
            if code == "DryRunOperationException":
                extra = ["--dry-run"]
            return self.aws(operation, "--cli-input-json", requests[code], *extra)

        # Faults of one operation are taken in turn, so what runs side by side is of different operations.
        groups = {}
        for code, operation in operations.items():
            groups.setdefault(operation, []).append(code)

        def run(codes):
            results = {}
            for code in codes:
                if code != "DryRunOperationException":
                    self.emulator.fault(operations[code], kind="refuse", code=code)
                results[code] = told(code)
            return results

        with ThreadPoolExecutor(2) as pool:
            results = {code: result for part in pool.map(run, groups.values()) for code, result in part.items()}
        self.assertEqual(len(results), len(operations))
        for code, (status, out, error) in results.items():
            with self.subTest(code):
                self.assertEqual((status, out), (REFUSED, ""), error)
                self.assertIn(f"An error occurred ({code}) when calling the {operations[code]} operation", error)

    def test_pages_are_put_together(self):
        client = self.emulator.client()
        for number in range(12):
            client.create_case(subject=f"paged {number}", communicationBody="b")
        cases = self.answer("DescribeCases", "--page-size", "10", "--no-include-communications")["cases"]
        subjects = [case["subject"] for case in cases]
        self.assertEqual(len(set(subjects) & {f"paged {number}" for number in range(12)}), 12)
        self.assertEqual(len({case["displayId"] for case in cases}), len(cases))

"""Every error of every operation, caught as client code catches it: as its own class, or by its code."""

import unittest

from contract import MODEL, OPERATIONS, UNMODELLED
from emulator import INCIDENT, Emulator, Refusals, message_of
from world import World, python_name

MEGABYTE = 1024 * 1024
GONE_CASE = "case-123456789012-muen-2026-0000000000000000"


class Errors(unittest.TestCase, Refusals):
    """Errors that come by themselves, each in the way that a client meets it."""

    def setUp(self):
        self.emulator = Emulator()
        self.addCleanup(self.emulator.stop)
        self.client = self.emulator.client()
        self.world = World(self.emulator, self.client)

    def test_unknown_cases(self):
        client = self.client
        for call, arguments in [
            (client.add_communication_to_case, {"caseId": GONE_CASE, "communicationBody": "b"}),
            (client.describe_cases, {"caseIdList": [self.world.case, GONE_CASE]}),
            (client.describe_cases, {"displayId": "1"}),
            (client.describe_communications, {"caseId": GONE_CASE}),
            (client.resolve_case, {"caseId": GONE_CASE}),
        ]:
            for dry_run in (False, True):
                self.refused_as("CaseIdNotFound", client, call, **arguments, dryRun=dry_run)

    def test_unknown_sets(self):
        client, case = self.client, self.world.case
        unknown = {"attachmentSetId": "as-none"}
        self.refused_as("AttachmentSetIdNotFound", client, client.add_communication_to_case,
                        caseId=case, communicationBody="b", **unknown)
        self.refused_as("AttachmentSetIdNotFound", client, client.create_case,
                        subject="s", communicationBody="b", **unknown)
        self.refused_as("AttachmentSetIdNotFound", client, client.add_attachments_to_set,
                        attachments=[{"fileName": "f", "data": b"f"}], **unknown)

    def test_expired_sets(self):
        client, case, file = self.client, self.world.case, {"fileName": "f.txt", "data": b"f"}
        young = client.add_attachments_to_set(attachments=[file])["attachmentSetId"]
        self.emulator.step(minutes=59)
        client.add_communication_to_case(caseId=case, communicationBody="in time", attachmentSetId=young)
        self.emulator.step(minutes=1, seconds=1)
        expired = {"attachmentSetId": young}
        self.refused_as("AttachmentSetExpired", client, client.add_communication_to_case,
                        caseId=case, communicationBody="b", **expired)
        self.refused_as("AttachmentSetExpired", client, client.create_case,
                        subject="s", communicationBody="b", **expired)
        self.refused_as("AttachmentSetExpired", client, client.add_attachments_to_set, attachments=[file], **expired)

    def test_sets_that_are_too_big(self):
        client, file = self.client, {"fileName": "f.txt", "data": b"f"}
        too_big = "AttachmentSetSizeLimitExceeded"
        self.refused_as(too_big, client, client.add_attachments_to_set, attachments=[file] * 4)
        full = client.add_attachments_to_set(attachments=[file] * 3)["attachmentSetId"]
        self.refused_as(too_big, client, client.add_attachments_to_set, attachments=[file], attachmentSetId=full)
        largest = {"fileName": "large.bin", "data": bytes(5 * MEGABYTE)}
        client.add_attachments_to_set(attachments=[largest])
        larger = {"fileName": "large.bin", "data": bytes(5 * MEGABYTE + 1)}
        self.refused_as(too_big, client, client.add_attachments_to_set, attachments=[larger])

    def test_too_many_sets(self):
        self.emulator.step(hours=2)
        self.emulator.quotas(attachment_sets_per_hour=2)
        client, file = self.client, {"fileName": "f.txt", "data": b"f"}
        client.add_attachments_to_set(attachments=[file])
        added = client.add_attachments_to_set(attachments=[file])
        self.refused_as("AttachmentLimitExceeded", client, client.add_attachments_to_set, attachments=[file])
        client.add_attachments_to_set(attachments=[file], attachmentSetId=added["attachmentSetId"])
        self.emulator.step(hours=1, seconds=1)
        client.add_attachments_to_set(attachments=[file])

    def test_too_many_cases(self):
        client = self.client
        self.emulator.step(hours=2)
        self.emulator.quotas(cases_per_hour=10)
        for _ in range(10):
            client.create_case(subject="s", communicationBody="b")
        over = {"subject": "s", "communicationBody": "b"}
        self.refused_as("CaseCreationLimitExceeded", client, client.create_case, **over)
        self.refused_as("CaseCreationLimitExceeded", client, client.create_case, **over, dryRun=True)
        self.emulator.step(hours=1, seconds=1)
        client.create_case(**over)

    def test_too_many_calls(self):
        # Two calls are over in less than the second that the third one would need.
        self.emulator.quotas(calls_per_second=1)
        self.refused("ThrottlingException", lambda: [self.client.describe_services() for _ in range(50)])

    def test_unknown_attachments(self):
        client = self.client
        for call in (client.describe_attachment, client.get_attachment_download_link):
            self.refused_as("AttachmentIdNotFound", client, call, attachmentId="none")

    def test_attachments_described_too_often(self):
        self.emulator.quotas(described_attachments_per_minute=2)
        client, file = self.client, self.world.attachment
        for _ in range(2):
            client.describe_attachment(attachmentId=file)
        self.refused_as("DescribeAttachmentLimitExceeded", client, client.describe_attachment, attachmentId=file)
        self.emulator.step(minutes=1, seconds=1)
        client.describe_attachment(attachmentId=file)

    def test_unknown_uploads(self):
        client = self.client
        parts = [{"partIndex": 1, "eTag": "x"}]
        self.refused_as("UploadIdNotFound", client, client.describe_attachment_upload_status, uploadId="none")
        self.refused_as("UploadIdNotFound", client, client.complete_attachment_upload,
                        uploadId="none", completedUploads=parts)
        self.refused_as("UploadIdNotFound", client, client.get_attachment_upload_links,
                        uploadId="none", fileName="f", uploadRange={"startIndex": 1})

    def test_a_large_file_is_refused_the_old_way(self):
        large = self.world.upload("large.bin", bytes(5 * MEGABYTE + 1))
        case = self.client.create_case(subject="s", communicationBody="b", uploadIds=[large])["caseId"]
        said = self.client.describe_communications(caseId=case)["communications"][0]
        self.assertEqual([file["fileName"] for file in said["attachments"]], ["large.bin"])
        self.assertFalse(said.get("attachmentSet"))
        file = said["attachments"][0]["attachmentId"]
        self.refused("InvalidParameterValueException", self.client.describe_attachment, attachmentId=file)
        self.assertEqual(self.client.get_attachment_download_link(attachmentId=file)["fileName"], "large.bin")


class EveryError(unittest.TestCase, Refusals):
    """Each operation with each error that it can end in."""

    @classmethod
    def setUpClass(cls):
        cls.emulator = Emulator()
        cls.addClassCleanup(cls.emulator.stop)
        cls.client = cls.emulator.client()
        cls.world = World(cls.emulator, cls.client)

    def call(self, operation):
        return getattr(self.client, python_name(operation)), self.world.arguments(operation)

    def test_modelled_errors_are_raised_as_their_own_class(self):
        for operation in OPERATIONS:
            for shape in MODEL.operation_model(operation).error_shapes:
                if shape.name == "DryRunOperationException":
                    continue
                with self.subTest(f"{operation} {shape.name}"):
                    self.emulator.fault(operation, kind="refuse", code=shape.name)
                    call, arguments = self.call(operation)
                    error = self.refused_as(shape.name, self.client, call, **arguments)
                    status = error.response["ResponseMetadata"]["HTTPStatusCode"]
                    self.assertEqual(status, 500 if shape.name == "InternalServerError" else 400)
                    self.assertTrue(message_of(error))
                    self.assertTrue(error.response["ResponseMetadata"]["RequestId"])

    def test_unmodelled_errors_are_raised_by_code(self):
        for operation in OPERATIONS:
            modelled = {shape.name for shape in MODEL.operation_model(operation).error_shapes}
            for code in sorted(UNMODELLED - modelled):
                with self.subTest(f"{operation} {code}"):
                    self.emulator.fault(operation, kind="refuse", code=code)
                    call, arguments = self.call(operation)
                    error = self.refused(code, call, **arguments)
                    self.assertEqual(error.response["ResponseMetadata"]["HTTPStatusCode"], 400)

    def test_a_dry_run_of_each_operation(self):
        for operation in OPERATIONS:
            with self.subTest(operation):
                call, arguments = self.call(operation)
                before = self.world.picture()
                self.refused_as("DryRunOperationException", self.client, call, **arguments, dryRun=True)
                self.assertEqual(self.world.picture(), before)

    def test_without_a_plan_nothing_is_answered(self):
        self.addCleanup(self.emulator.account, plan="enterprise")
        self.emulator.account(plan="none")
        for operation in OPERATIONS:
            for dry_run in (False, True):
                with self.subTest(f"{operation} {dry_run}"):
                    call, arguments = self.call(operation)
                    error = self.refused("SubscriptionRequiredException", call, **arguments, dryRun=dry_run)
                    self.assertIn("Premium Support Subscription is required", message_of(error))

    def test_a_denied_action_denies_its_operations_alone(self):
        actions = {name: {f"support:{name}"} for name in OPERATIONS}
        for name in ("CompleteAttachmentUpload", "DescribeAttachmentUploadStatus", "GetAttachmentUploadLinks"):
            actions[name] = {"support:UploadAttachment", "support:AddAttachmentsToSet"}
        actions["GetAttachmentDownloadLink"] = {"support:DownloadAttachment", "support:DescribeAttachment"}
        self.addCleanup(self.emulator.account, denied=[])
        for action in sorted(set().union(*actions.values())):
            self.emulator.account(denied=[action])
            for operation in OPERATIONS:
                with self.subTest(f"{action} {operation}"):
                    call, arguments = self.call(operation)
                    code = "AccessDeniedException" if action in actions[operation] else "DryRunOperationException"
                    error = self.refused(code, call, **arguments, dryRun=True)
                    if code == "AccessDeniedException":
                        self.assertIn(action, message_of(error))

    def test_trusted_advisor_is_not_there(self):
        error = self.refused("UnknownOperationException", self.client.describe_trusted_advisor_checks, language="en")
        self.assertEqual(error.response["ResponseMetadata"]["HTTPStatusCode"], 400)

    def test_values_that_only_the_service_can_judge(self):
        client, invalid = self.client, "InvalidParameterValueException"
        case = {"subject": "s", "communicationBody": "b", "dryRun": True}
        for wrong in (
            {"serviceCode": "none"},
            {"serviceCode": INCIDENT, "categoryCode": "none"},
            {"severityCode": "worst"},
            {"language": "xx"},
            {"issueType": "personal"},
            {"ccEmailAddresses": ["jane"]},
            {"subject": " "},
        ):
            with self.subTest(wrong):
                self.refused(invalid, client.create_case, **{**case, **wrong})
        for wrong in ({"afterTime": "soon"}, {"beforeTime": "later"}, {"nextToken": "made-up"}):
            with self.subTest(wrong):
                self.refused(invalid, client.describe_cases, **wrong)
                self.refused(invalid, client.describe_communications, caseId=self.world.case, **wrong)

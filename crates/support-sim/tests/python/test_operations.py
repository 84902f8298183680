"""boto3 does with each operation what its documentation says, and every answer is held against botocore's model."""

import re
import unittest
from datetime import datetime, timedelta

from contract import MODEL, OPERATIONS, members_of
from emulator import INCIDENT, Emulator, Refusals
from world import World

REQUEST = "service-ams-operations-service-request"
ISO = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}(Z|\+0000)")


def without_infix(case_id):
    """What stays the same of a case's id: account, year and number."""
    prefix, account, _, year, number = case_id.split("-")
    return prefix, account, year, number


class Operations(unittest.TestCase, Refusals):
    def setUp(self):
        self.emulator = Emulator()
        self.addCleanup(self.emulator.stop)
        self.client = self.emulator.client()

    def create(self, **more):
        return self.client.create_case(**{"subject": "s", "communicationBody": "b", **more})["caseId"]

    def only(self, case, **more):
        cases = self.client.describe_cases(caseIdList=[case], includeResolvedCases=True, **more)["cases"]
        self.assertEqual(len(cases), 1)
        return cases[0]

    def said(self, case, **more):
        pages = self.client.get_paginator("describe_communications").paginate(caseId=case, **more)
        return [each for page in pages for each in page["communications"]]

    def test_each_member_of_the_model_is_answered_somewhere(self):
        client, world = self.client, World(self.emulator, self.client)
        for operation in OPERATIONS:
            arguments = world.arguments(operation)
            client._make_api_call(operation, arguments)
        busy = self.create(ccEmailAddresses=["a@example.com"])
        for number in range(6):
            client.add_communication_to_case(caseId=busy, communicationBody=f"{number}")
        set_id = client.add_attachments_to_set(attachments=[{"fileName": "f", "data": b"f"}])["attachmentSetId"]
        client.add_communication_to_case(caseId=busy, communicationBody="file", attachmentSetId=set_id)
        client.describe_cases()
        for _ in range(10):
            self.create()
        client.describe_cases(maxResults=10, includeResolvedCases=True)
        for _ in range(5):
            client.add_communication_to_case(caseId=busy, communicationBody="more")
        client.describe_communications(caseId=busy, maxResults=10)
        client.describe_create_case_options(
            issueType="technical", serviceCode=REQUEST, language="en",
            categoryCode=client.describe_services(serviceCodeList=[REQUEST])["services"][0]["categories"][0]["code"],
        )
        # Links come ten at most, and this file has more parts.
        client.get_attachment_upload_links(fileName="large", fileSizeBytes=157286400)
        expected = {
            member
            for operation in OPERATIONS
            for member in members_of(MODEL.operation_model(operation).output_shape, operation)
        }
        self.assertEqual(sorted(expected - self.emulator.contract.seen), [])

    def test_the_catalogue(self):
        client = self.client
        services = client.describe_services()["services"]
        codes = [service["code"] for service in services]
        self.assertEqual(len(set(codes)), len(codes))
        self.assertLessEqual({INCIDENT, REQUEST}, set(codes))
        for service in services:
            self.assertTrue(service["name"])
            self.assertTrue(service["categories"])
        asked = client.describe_services(serviceCodeList=[REQUEST, INCIDENT], language="en")["services"]
        self.assertEqual({service["code"] for service in asked}, {REQUEST, INCIDENT})
        levels = [level["code"] for level in client.describe_severity_levels(language="en")["severityLevels"]]
        self.assertEqual(levels, ["low", "normal", "high", "urgent", "critical"])
        self.emulator.account(plan="business")
        levels = [level["code"] for level in client.describe_severity_levels()["severityLevels"]]
        self.assertEqual(levels, ["low", "normal", "high", "urgent"])
        self.refused("InvalidParameterValueException", client.create_case,
                     subject="s", communicationBody="b", severityCode="critical")

    def test_ways_of_contact(self):
        client = self.client
        for service in client.describe_services()["services"]:
            choice = {"serviceCode": service["code"], "issueType": "technical",
                      "categoryCode": service["categories"][0]["code"]}
            options = client.describe_create_case_options(**choice, language="en")
            self.assertIn(options["languageAvailability"], ("available", "best_effort", "unavailable"))
            for kind in options["communicationTypes"]:
                self.assertIn(kind["type"], ("web", "chat", "call"))
                for hours in kind.get("supportedHours", []):
                    for end in (hours["startTime"], hours["endTime"]):
                        self.assertRegex(end, r"^\d\d:\d\d:\d\d\.\d{3}$")
            languages = client.describe_supported_languages(**choice)["supportedLanguages"]
            self.assertIn("en", [language["code"] for language in languages])

    def test_a_case_from_beginning_to_end(self):
        client, world = self.client, World(self.emulator, self.client)
        case = self.create(
            subject="Ingestion stands still",
            communicationBody="Since 06:40 UTC.\nNothing arrives.",
            serviceCode=INCIDENT,
            categoryCode=world.category,
            severityCode="urgent",
            ccEmailAddresses=["ops@example.com", "lead@example.com"],
            language="en",
            issueType="technical",
            attachmentSetId=world.set,
        )
        shown = self.only(case)
        expected = {
            "subject": "Ingestion stands still", "status": "unassigned", "serviceCode": INCIDENT,
            "categoryCode": world.category, "severityCode": "urgent",
            "submittedBy": "AdminRole (Role) <jane@example.com>", "language": "en",
            "ccEmailAddresses": ["ops@example.com", "lead@example.com"],
        }
        self.assertEqual({name: shown[name] for name in expected}, expected)
        self.assertRegex(shown["displayId"], r"^\d+$")
        self.assertRegex(case, r"^case-\d{12}-[a-z]+-\d{4}-[0-9a-f]+$")
        by_display = client.describe_cases(displayId=shown["displayId"])["cases"]
        self.assertEqual(without_infix(by_display[0]["caseId"]), without_infix(case))
        first = self.said(case)[0]
        self.assertEqual(first["body"], "Since 06:40 UTC.\nNothing arrives.")
        self.assertEqual([file["fileName"] for file in first["attachments"]], ["small.txt"])
        file = client.describe_attachment(attachmentId=first["attachments"][0]["attachmentId"])["attachment"]
        self.assertEqual((file["fileName"], file["data"]), ("small.txt", b"small"))

        self.assertIs(client.add_communication_to_case(
            caseId=case, communicationBody="More", ccEmailAddresses=["new@example.com"])["result"], True)
        self.assertIn("new@example.com", self.only(case)["ccEmailAddresses"])
        resolved = client.resolve_case(caseId=case)
        self.assertEqual((resolved["initialCaseStatus"], resolved["finalCaseStatus"]), ("unassigned", "resolved"))
        listed = client.describe_cases()["cases"]
        self.assertNotIn(shown["displayId"], [each["displayId"] for each in listed])
        client.add_communication_to_case(caseId=case, communicationBody="It is back")
        self.assertEqual(self.only(case)["status"], "reopened")
        client.resolve_case(caseId=case)
        self.emulator.step(days=14, seconds=1)
        self.refused("InvalidParameterValueException", client.add_communication_to_case,
                     caseId=case, communicationBody="late")

    def test_the_five_newest_lead_on_to_the_others(self):
        case = self.create(communicationBody="0")
        for number in range(1, 18):
            self.client.add_communication_to_case(caseId=case, communicationBody=f"{number}")
        recent = self.only(case)["recentCommunications"]
        newest = [each["body"] for each in recent["communications"]]
        self.assertEqual(sorted(newest), ["13", "14", "15", "16", "17"])
        rest, token = [], recent["nextToken"]
        while token:
            page = self.client.describe_communications(caseId=case, nextToken=token, maxResults=10)
            rest += [each["body"] for each in page["communications"]]
            token = page.get("nextToken")
        self.assertEqual(sorted(newest + rest, key=int), [str(number) for number in range(18)])
        self.assertNotIn("recentCommunications", self.only(case, includeCommunications=False))
        sizes = [len(page["communications"]) for page in self.client.get_paginator(
            "describe_communications").paginate(caseId=case, PaginationConfig={"PageSize": 10})]
        self.assertEqual(sizes, [10, 8])

    def test_pages_hold_each_case_once_while_new_ones_come(self):
        made = {without_infix(self.create()) for _ in range(25)}
        seen = []
        for page in self.client.get_paginator("describe_cases").paginate(PaginationConfig={"PageSize": 10}):
            seen += [without_infix(case["caseId"]) for case in page["cases"]]
            self.create()
        self.assertEqual(len(seen), len(set(seen)))
        self.assertLessEqual(made, set(seen))

    def test_the_infix_of_a_case_id_wanders(self):
        case = self.create()
        spellings = {self.only(case)["caseId"] for _ in range(20)} | {case}
        self.assertGreater(len(spellings), 1)
        self.assertEqual(len({without_infix(each) for each in spellings}), 1)
        for spelling in spellings:
            self.client.add_communication_to_case(caseId=spelling, communicationBody="b")
        self.assertEqual(len(self.said(case)), len(spellings) + 1)

    def test_filters_by_time(self):
        first = self.create()
        self.emulator.step(hours=1)
        self.client.add_communication_to_case(caseId=first, communicationBody="later")
        second = self.create()
        times = {case["displayId"]: case["timeCreated"] for case in self.client.describe_cases()["cases"]}
        old, new = self.only(first)["displayId"], self.only(second)["displayId"]
        self.assertTrue(all(ISO.fullmatch(time) for time in times.values()), times)
        moments = {key: datetime.fromisoformat(time.replace("Z", "+00:00").replace("+0000", "+00:00"))
                   for key, time in times.items()}
        middle = (moments[old] + timedelta(minutes=30)).strftime("%Y-%m-%dT%H:%M:%SZ")
        self.assertEqual([case["displayId"] for case in self.client.describe_cases(afterTime=middle)["cases"]], [new])
        self.assertEqual([case["displayId"] for case in self.client.describe_cases(beforeTime=middle)["cases"]], [old])
        self.assertEqual([each["body"] for each in self.said(first, afterTime=middle)], ["later"])
        self.assertEqual([each["body"] for each in self.said(first, beforeTime=middle)], ["b"])

    def test_cases_are_kept_for_24_months(self):
        case = self.create()
        display_id = self.only(case)["displayId"]
        self.emulator.step(days=725)
        self.assertEqual(self.only(case)["displayId"], display_id)
        self.emulator.step(days=10)
        listed = self.client.describe_cases(includeResolvedCases=True)["cases"]
        self.assertEqual(listed, [])
        self.refused("CaseIdNotFound", self.client.describe_communications, caseId=case)

    def test_secrets_in_bodies_are_redacted(self):
        secret = "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY"
        card = "4111 1111 1111 1111"
        key = "-----BEGIN RSA PRIVATE KEY-----\nMIIEowIBAAKCAQEA\n-----END RSA PRIVATE KEY-----"
        for hidden in (f"aws_secret_access_key = {secret}", card, card.replace(" ", ""), key):
            body = self.said(self.create(communicationBody=f"before {hidden} after"))[0]["body"]
            self.assertIn("[REDACTED_BY_", body, hidden)
            self.assertTrue(body.startswith("before ") and body.endswith(" after"), body)
            for part in (secret, "4111", "MIIEow"):
                self.assertNotIn(part, body)
        plain = "Ref ED-7K2M-9QXA at 2026-11-22T07:00:00Z, job 1234567890, 20 files"
        self.assertEqual(self.said(self.create(communicationBody=plain))[0]["body"], plain)

    def test_text_of_all_the_world_comes_back_unchanged(self):
        body = "Grüße aus 東京 🚨\r\n\t\"quoted\" \\ </script> \u2028 end"
        case = self.create(subject="Größe: 東京 🚨", communicationBody=body)
        self.assertEqual(self.said(case)[0]["body"], body)
        self.assertEqual(self.only(case)["subject"], "Größe: 東京 🚨")
        longest = "東" * 8000
        self.assertEqual(self.said(self.create(communicationBody=longest))[0]["body"], longest)

    def test_a_set_is_filled_step_by_step(self):
        added = self.client.add_attachments_to_set(attachments=[{"fileName": "a", "data": b"a"}])
        self.assertTrue(ISO.fullmatch(added["expiryTime"]), added)
        again = self.client.add_attachments_to_set(
            attachmentSetId=added["attachmentSetId"], attachments=[{"fileName": "b", "data": bytes(range(256))}])
        self.assertEqual(again["attachmentSetId"], added["attachmentSetId"])
        self.assertEqual(again["expiryTime"], added["expiryTime"])
        case = self.create(attachmentSetId=added["attachmentSetId"])
        files = self.said(case)[0]["attachmentSet"]
        self.assertEqual([file["fileName"] for file in files], ["a", "b"])
        described = self.client.describe_attachment(attachmentId=files[1]["attachmentId"])["attachment"]
        self.assertEqual(described["data"], bytes(range(256)))

    def test_the_models_operations_are_known(self):
        from contract import OUT_OF_SCOPE

        # What a newer botocore adds must be built, or put out of scope by name.
        self.assertEqual(set(MODEL.operation_names), set(OPERATIONS) | OUT_OF_SCOPE)
        self.assertEqual(len(OPERATIONS), 15)

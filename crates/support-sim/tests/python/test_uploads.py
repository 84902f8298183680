"""Files of any size: links, parts and their ETags, completing, resuming, expiry, and the way back."""

import random
import unittest

from emulator import HTTP, Emulator, Refusals
from world import World


#: What S3 answers to a part where it encrypts with KMS keys: digits in quotation marks that mean nothing.
ETAG = r'^"[0-9a-f]{32}"$'


class Uploads(unittest.TestCase, Refusals):
    @classmethod
    def setUpClass(cls):
        cls.emulator = Emulator()
        cls.addClassCleanup(cls.emulator.stop)
        cls.client = cls.emulator.client()
        cls.world = World(cls.emulator, cls.client)

    def begin(self, name, size, **more):
        return self.client.get_attachment_upload_links(fileName=name, fileSizeBytes=size, **more)

    def status(self, upload):
        return self.client.describe_attachment_upload_status(uploadId=upload)

    def complete(self, upload, *parts):
        parts = [{"partIndex": index, "eTag": etag} for index, etag in parts]
        answer = self.client.complete_attachment_upload(uploadId=upload, completedUploads=parts)
        return answer["uploadStatus"]

    def put(self, link, data, **headers):
        return HTTP.request("PUT", link["url"], body=data, headers=headers)

    def s3_refuses(self, response, status, code):
        """The links answer as S3 does: in XML."""
        self.assertEqual(response.status, status, response.data)
        self.assertIn(f"<Code>{code}</Code>".encode(), response.data)

    def attach(self, upload):
        """Sends the file with a case, and gives its attachment id."""
        case = self.client.create_case(subject="s", communicationBody="b", uploadIds=[upload])["caseId"]
        return self.client.describe_communications(caseId=case)["communications"][0]["attachments"][0]["attachmentId"]

    def download(self, attachment, **headers):
        link = self.client.get_attachment_download_link(attachmentId=attachment)
        return HTTP.request("GET", link["downloadUrl"]["url"], headers=headers)

    def test_a_file_in_parts_there_and_back(self):
        data = random.Random(1).randbytes(20 * 1024 * 1024 + 17)
        began = self.begin("large.bin", len(data))
        size, upload = began["partSizeBytes"], began["uploadId"]
        total = -(-len(data) // size)
        self.assertEqual(began["totalParts"], total)
        self.assertEqual([link["partIndex"] for link in began["uploadUrls"]], list(range(1, total + 1)))
        self.assertNotIn("nextIndex", began)
        self.assertEqual(self.status(upload)["fileName"], "large.bin")
        done = []
        for link in began["uploadUrls"]:
            index = link["partIndex"]
            part = data[(index - 1) * size : index * size]
            response = self.put(link, part)
            self.assertEqual(response.status, 200)
            self.assertRegex(response.headers["ETag"], ETAG)
            done.append((index, response.headers["ETag"]))
            # Per part, so that it could be resumed from here.
            self.complete(upload, done[-1])
            progress = self.status(upload)["uploadProgress"]
            self.assertEqual(progress, {"totalParts": total, "completedPartsCount": index})
        self.world.wait_until_ready(upload)
        attachment = self.attach(upload)
        back = self.download(attachment)
        self.assertEqual((back.status, back.data == data), (200, True))
        part = self.download(attachment, Range="bytes=1000-1999")
        self.assertEqual((part.status, part.data), (206, data[1000:2000]))

    def test_parts_in_any_order_completed_at_once(self):
        data = random.Random(2).randbytes(17 * 1024 * 1024)
        began = self.begin("mixed.bin", len(data))
        size = began["partSizeBytes"]
        done = []
        for link in reversed(began["uploadUrls"]):
            index = link["partIndex"]
            done.append((index, self.put(link, data[(index - 1) * size : index * size]).headers["ETag"]))
        self.assertIn(self.complete(began["uploadId"], *done), ("attachment-not-ready", "attachment-ready"))
        self.world.wait_until_ready(began["uploadId"])
        self.assertEqual(self.download(self.attach(began["uploadId"])).data, data)

    def test_links_come_ten_at_most(self):
        began = self.begin("huge.bin", 157286400)
        self.assertEqual(len(began["uploadUrls"]), 10)
        self.assertEqual(began["nextIndex"], 11)
        upload, seen = began["uploadId"], [link["partIndex"] for link in began["uploadUrls"]]
        while "nextIndex" in began:
            began = self.client.get_attachment_upload_links(
                fileName="huge.bin", uploadId=upload, uploadRange={"startIndex": began["nextIndex"]})
            self.assertEqual(began["uploadId"], upload)
            seen += [link["partIndex"] for link in began["uploadUrls"]]
        self.assertEqual(seen, list(range(1, began["totalParts"] + 1)))
        # The range is half open.
        some = self.client.get_attachment_upload_links(
            fileName="huge.bin", uploadId=upload, uploadRange={"startIndex": 3, "endIndex": 5})
        self.assertEqual([link["partIndex"] for link in some["uploadUrls"]], [3, 4])
        self.refused("InvalidParameterValueException", self.client.get_attachment_upload_links,
                     fileName="huge.bin", uploadId=upload, uploadRange={"startIndex": 1, "endIndex": 12})
        self.assertEqual(self.status(upload)["uploadProgress"]["completedPartsCount"], 0)

    def test_an_upload_is_resumed_after_its_links_have_expired(self):
        began = self.begin("slow.txt", 4)
        link = began["uploadUrls"][0]
        self.emulator.step(hours=1)
        self.s3_refuses(self.put(link, b"slow"), 403, "AccessDenied")
        again = self.client.get_attachment_upload_links(
            fileName="slow.txt", uploadId=began["uploadId"], uploadRange={"startIndex": 1})
        self.assertEqual(again["uploadId"], began["uploadId"])
        response = self.put(again["uploadUrls"][0], b"slow")
        self.assertEqual(response.status, 200)
        self.complete(began["uploadId"], (1, response.headers["ETag"]))
        self.world.wait_until_ready(began["uploadId"])

    def test_a_part_may_be_sent_again(self):
        began = self.begin("twice.txt", 5)
        self.put(began["uploadUrls"][0], b"first")
        etag = self.put(began["uploadUrls"][0], b"again").headers["ETag"]
        self.complete(began["uploadId"], (1, etag))
        self.world.wait_until_ready(began["uploadId"])
        self.assertEqual(self.download(self.attach(began["uploadId"])).data, b"again")

    def test_links_that_were_changed_are_refused(self):
        url = self.begin("f.txt", 4)["uploadUrls"][0]["url"]
        signature = url.rsplit("X-Amz-Signature=", 1)[1]
        for changed in (
            url.replace(signature, "0" * 64),
            url.replace("X-Amz-Expires=", "X-Amz-Expires=9"),
            url.replace("/1?", "/2?"),
            url + "&partNumber=2",
        ):
            with self.subTest(changed):
                self.assertNotEqual(changed, url)
                self.s3_refuses(HTTP.request("PUT", changed, body=b"data"), 403, "SignatureDoesNotMatch")
        bare = HTTP.request("PUT", url.split("?")[0], body=b"data")
        self.assertEqual(bare.status, 403, bare.data)
        # A link is good for one method.
        self.assertIn(HTTP.request("GET", url).status, (403, 405))

    def test_a_broken_part_is_refused(self):
        link = self.begin("f.txt", 4)["uploadUrls"][0]
        self.s3_refuses(self.put(link, b"data", **{"Content-MD5": "AAAAAAAAAAAAAAAAAAAAAA=="}), 400, "BadDigest")
        self.assertEqual(self.put(link, b"data").status, 200)

    def test_completing_takes_what_was_sent(self):
        began = self.begin("f.txt", 4)
        upload = began["uploadId"]
        etag = self.put(began["uploadUrls"][0], b"data").headers["ETag"]
        self.refused("InvalidParameterValueException", self.complete, upload, (1, f'"{"0" * 32}"'))
        self.refused("InvalidParameterValueException", self.complete, upload, (2, etag))
        self.assertEqual(self.status(upload)["uploadStatus"], "attachment-not-ready")
        self.complete(upload, (1, etag.strip('"')))
        self.world.wait_until_ready(upload)

    def test_what_is_not_ready_cannot_be_sent(self):
        began = self.begin("f.txt", 4)
        upload = began["uploadId"]
        self.assertEqual(self.status(upload)["uploadStatus"], "attachment-not-ready")
        call = {"subject": "s", "communicationBody": "b", "uploadIds": [upload]}
        self.refused("InvalidParameterValueException", self.client.create_case, **call)
        self.refused("InvalidParameterValueException", self.client.create_case, **call, dryRun=True)

    def test_an_upload_that_fails(self):
        began = self.begin("f.txt", 4)
        etag = self.put(began["uploadUrls"][0], b"data").headers["ETag"]
        self.emulator.fault("CompleteAttachmentUpload", kind="fail_upload")
        self.complete(began["uploadId"], (1, etag))
        for _ in range(100):
            status = self.status(began["uploadId"])["uploadStatus"]
            if status == "failed":
                break
            self.emulator.step(seconds=1)
        self.assertEqual(status, "failed")
        self.refused("InvalidParameterValueException", self.client.create_case,
                     subject="s", communicationBody="b", uploadIds=[began["uploadId"]])

    def test_ten_files_with_one_message(self):
        files = {f"file-{number}.txt": f"{number}".encode() for number in range(10)}
        uploads = [self.world.upload(name, data) for name, data in files.items()]
        case = self.client.create_case(subject="s", communicationBody="b", uploadIds=uploads)["caseId"]
        said = self.client.describe_communications(caseId=case)["communications"][0]
        back = {file["fileName"]: self.download(file["attachmentId"]).data for file in said["attachments"]}
        self.assertEqual(back, files)

    def test_download_links_expire_and_cannot_be_changed(self):
        attachment = self.attach(self.world.upload("f.txt", b"data"))
        link = self.client.get_attachment_download_link(attachmentId=attachment)
        self.assertEqual(link["fileName"], "f.txt")
        url = link["downloadUrl"]["url"]
        self.assertEqual(HTTP.request("GET", url).data, b"data")
        signature = url.rsplit("X-Amz-Signature=", 1)[1]
        self.s3_refuses(HTTP.request("GET", url.replace(signature, "0" * 64)), 403, "SignatureDoesNotMatch")
        self.emulator.step(hours=1)
        self.s3_refuses(HTTP.request("GET", url), 403, "AccessDenied")

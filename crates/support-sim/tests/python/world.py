"""Something to work on: a case with correspondence and files, and valid arguments for each operation."""

from emulator import HTTP, INCIDENT, Emulator


def python_name(operation):
    """boto3's name of an operation."""
    from botocore import xform_name

    return xform_name(operation)


class World:
    """A case with a small file, an upload that is ready and one that has only begun."""

    def __init__(self, emulator: Emulator, client):
        self.emulator, self.client = emulator, client
        services = client.describe_services(serviceCodeList=[INCIDENT])["services"]
        self.category = services[0]["categories"][0]["code"]
        made = client.add_attachments_to_set(attachments=[{"fileName": "small.txt", "data": b"small"}])
        self.set = made["attachmentSetId"]
        self.case = client.create_case(
            subject="Search is behind",
            communicationBody="Since 06:40 UTC",
            serviceCode=INCIDENT,
            categoryCode=self.category,
            severityCode="high",
            language="en",
            attachmentSetId=self.set,
        )["caseId"]
        said = client.describe_communications(caseId=self.case)["communications"]
        self.attachment = said[0]["attachments"][0]["attachmentId"]
        self.begun = self.begin("begun.txt", 5)
        self.part = {"partIndex": 1, "eTag": self.put(self.begun["uploadUrls"][0]["url"], b"begun")}

    def begin(self, name, size, **more):
        return self.client.get_attachment_upload_links(fileName=name, fileSizeBytes=size, **more)

    @staticmethod
    def put(url, data):
        """Sends a part as any HTTP client does, and gives its ETag."""
        response = HTTP.request("PUT", url, body=data)
        assert response.status == 200, (response.status, response.data)
        return response.headers["ETag"]

    def upload(self, name, data):
        """A whole file by the links; gives the upload's id once it is ready."""
        answer = self.begin(name, len(data))
        upload, size, parts = answer["uploadId"], answer["partSizeBytes"], []
        while True:
            for link in answer["uploadUrls"]:
                index = link["partIndex"]
                etag = self.put(link["url"], data[(index - 1) * size : index * size])
                parts.append({"partIndex": index, "eTag": etag})
            if "nextIndex" not in answer:
                break
            answer = self.client.get_attachment_upload_links(
                fileName=name, uploadId=upload, uploadRange={"startIndex": answer["nextIndex"]}
            )
        self.client.complete_attachment_upload(uploadId=upload, completedUploads=parts)
        self.wait_until_ready(upload)
        return upload

    def wait_until_ready(self, upload):
        """AWS makes a completed upload ready after a while; the emulator's clock is put on until then."""
        for _ in range(100):
            if self.client.describe_attachment_upload_status(uploadId=upload)["uploadStatus"] == "attachment-ready":
                return
            self.emulator.step(seconds=1)
        raise AssertionError("the upload was not ready after 100 seconds")

    def arguments(self, operation):
        """Valid arguments for a call (a dry run of CompleteAttachmentUpload leaves the upload begun)."""
        choice = {"serviceCode": INCIDENT, "categoryCode": self.category, "issueType": "technical"}
        return {
            "AddAttachmentsToSet": {"attachments": [{"fileName": "f.txt", "data": b"f"}]},
            "AddCommunicationToCase": {"caseId": self.case, "communicationBody": "b"},
            "CompleteAttachmentUpload": {"uploadId": self.begun["uploadId"], "completedUploads": [self.part]},
            "CreateCase": {"subject": "s", "communicationBody": "b"},
            "DescribeAttachment": {"attachmentId": self.attachment},
            "DescribeAttachmentUploadStatus": {"uploadId": self.begun["uploadId"]},
            "DescribeCases": {"includeResolvedCases": True},
            "DescribeCommunications": {"caseId": self.case},
            "DescribeCreateCaseOptions": {**choice, "language": "en"},
            "DescribeServices": {},
            "DescribeSeverityLevels": {},
            "DescribeSupportedLanguages": choice,
            "GetAttachmentDownloadLink": {"attachmentId": self.attachment},
            "GetAttachmentUploadLinks": {"fileName": "f.txt", "fileSizeBytes": 1},
            "ResolveCase": {"caseId": self.case},
        }[operation]

    def picture(self):
        """All that a client can see, as it is apart from ids that are spelled anew in each answer."""
        cases = self.client.describe_cases(includeResolvedCases=True, includeCommunications=False)["cases"]
        said = self.client.describe_communications(caseId=self.case)["communications"]
        status = self.client.describe_attachment_upload_status(uploadId=self.begun["uploadId"])
        return (
            [{name: value for name, value in case.items() if name != "caseId"} for case in cases],
            [(each["body"], each["timeCreated"], each["attachments"]) for each in said],
            (status["uploadStatus"], status["uploadProgress"]),
        )

"""Writes signed DescribeCases requests for support-sim, ready to be sent, and what its cases say.

    signed_requests.py URL FOLDER

FOLDER/pages: one file for each page of 100 cases of the whole list; FOLDER/by-id: the same cases asked for by their
ids, 100 at a time; FOLDER/cases.json: subject, codes and newest text of each case.
"""

import json
import pathlib
import sys

import boto3
from botocore.auth import SigV4Auth
from botocore.awsrequest import AWSRequest
from botocore.config import Config
from botocore.credentials import Credentials

# AWS's documented example pair, which support-sim takes unless told otherwise.
KEY, SECRET, REGION = "AKIAIOSFODNN7EXAMPLE", "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY", "us-east-1"


def written(url, value):
    """The bytes of a signed request."""
    body = json.dumps(value).encode()
    request = AWSRequest("POST", f"{url}/", data=body, headers={
        "Content-Type": "application/x-amz-json-1.1",
        "X-Amz-Target": "AWSSupport_20130415.DescribeCases",
    })
    SigV4Auth(Credentials(KEY, SECRET), "support", REGION).add_auth(request)
    headers = {"Host": url.removeprefix("http://"), **request.headers, "Content-Length": str(len(body))}
    head = "".join(f"{name}: {value}\r\n" for name, value in headers.items())
    return f"POST / HTTP/1.1\r\n{head}\r\n".encode() + body


def write(folder, requests):
    folder.mkdir()
    for number, request in enumerate(requests):
        (folder / f"{number:04}.http").write_bytes(request)


def main(url, folder):
    client = boto3.client(
        "support", endpoint_url=url, region_name=REGION, aws_access_key_id=KEY, aws_secret_access_key=SECRET,
        config=Config(retries={"total_max_attempts": 1}),
    )
    pages, cases, token = [], [], {}
    while True:
        ask = {"includeResolvedCases": True, "includeCommunications": True, "maxResults": 100, **token}
        page = client.describe_cases(**ask)
        pages.append(ask)
        cases += page["cases"]
        if "nextToken" not in page:
            break
        token = {"nextToken": page["nextToken"]}
    ids = [case["caseId"] for case in cases]
    by_id = [{"includeResolvedCases": True, "includeCommunications": True, "caseIdList": ids[at : at + 100]}
             for at in range(0, len(ids), 100)]
    write(folder / "pages", [written(url, ask) for ask in pages])
    write(folder / "by-id", [written(url, ask) for ask in by_id])
    (folder / "cases.json").write_text(json.dumps([
        {
            "subject": case["subject"],
            "service_code": case["serviceCode"],
            "severity_code": case["severityCode"],
            "category_code": case["categoryCode"],
            "language": case["language"],
            "communication_body": case["recentCommunications"]["communications"][0]["body"],
        }
        for case in cases
    ]))


main(sys.argv[1].rstrip("/"), pathlib.Path(sys.argv[2]))

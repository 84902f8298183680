"""Uploads a file to support-sim as a client does, and plainly with `curl -T`; both times by one curl.

    upload_in_parts.py FILE PARTS SIM_URL PLAIN_URL

Prints JSON: seconds of both. The upload's time runs from asking for the links to the answer that all parts are
complete; of its parts, files of their own are made beforehand in the folder PARTS, since curl sends whole files. What
was sent is removed from both servers, so that neither round nor server has the other's writing to wait for.
"""

import json
import pathlib
import subprocess
import sys
import time
import urllib.request

import boto3
from botocore.config import Config

KEY, SECRET = "AKIAIOSFODNN7EXAMPLE", "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY"


def curl(*arguments):
    command = ["curl", "--silent", "--show-error", "--fail", "--output", "/dev/null", *arguments]
    subprocess.run(command, check=True, stdin=subprocess.DEVNULL)


def plain(file, url):
    began = time.perf_counter()
    curl("--upload-file", str(file), url)
    took = time.perf_counter() - began
    curl("--request", "DELETE", url)
    return took


def in_parts(file, client, folder):
    size = file.stat().st_size
    # How large parts are is the service's choice.
    probe = client.get_attachment_upload_links(fileName=file.name, fileSizeBytes=size)
    parts = [folder / f"part-{index}" for index in range(1, probe["totalParts"] + 1)]
    if not folder.exists():
        folder.mkdir()
        with file.open("rb") as whole:
            for part in parts:
                part.write_bytes(whole.read(probe["partSizeBytes"]))

    began = time.perf_counter()
    answer = client.get_attachment_upload_links(fileName=file.name, fileSizeBytes=size)
    upload, links = answer["uploadId"], answer["uploadUrls"]
    while "nextIndex" in answer:
        answer = client.get_attachment_upload_links(
            fileName=file.name, uploadId=upload, uploadRange={"startIndex": answer["nextIndex"]})
        links += answer["uploadUrls"]
    assert [link["partIndex"] for link in links] == list(range(1, len(parts) + 1)), links
    # One curl for all parts, so that both sides pay for one start; some at a time, as AWS's own clients send parts.
    transfers = [f'upload-file = "{parts[link["partIndex"] - 1]}"\nurl = "{link["url"]}"\noutput = "/dev/null"\n'
                 for link in links]
    settings = folder / "curl.txt"
    settings.write_text('write-out = "%{url} %header{etag}\\n"\n' + "".join(transfers))
    said = subprocess.run(["curl", "--silent", "--show-error", "--fail", "--parallel", "--parallel-max", "4",
                           "--config", str(settings)], check=True, stdin=subprocess.DEVNULL, capture_output=True, text=True)
    etag_of = dict(line.split(" ", 1) for line in said.stdout.splitlines())
    etags = [etag_of[link["url"]] for link in links]
    client.complete_attachment_upload(uploadId=upload, completedUploads=[
        {"partIndex": link["partIndex"], "eTag": etag} for link, etag in zip(links, etags)])
    took = time.perf_counter() - began
    status = client.describe_attachment_upload_status(uploadId=upload)
    assert status["uploadStatus"] != "failed", status
    assert status["uploadProgress"]["completedPartsCount"] == len(parts), status
    return took


def main(file, folder, sim, server):
    client = boto3.client(
        "support", endpoint_url=sim, region_name="us-east-1", aws_access_key_id=KEY, aws_secret_access_key=SECRET,
        config=Config(retries={"total_max_attempts": 1}),
    )
    client.describe_severity_levels()  # connects, and loads what boto3 loads late
    took = {"in_parts": in_parts(file, client, folder), "plain": plain(file, f"{server}/{file.name}")}
    urllib.request.urlopen(urllib.request.Request(f"{sim}/_eco/api/reset", method="POST")).close()
    print(json.dumps(took))


main(pathlib.Path(sys.argv[1]), pathlib.Path(sys.argv[2]), sys.argv[3], sys.argv[4])

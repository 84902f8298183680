"""Uploads a file to support-sim as a client does, and plainly with `curl -T`; both times by one curl.

    upload_in_parts.py FILE SIM_URL PLAIN_URL

Prints JSON: seconds of both. The upload's time runs from asking for the links to the answer that all parts are
complete; of its parts, files of their own are made beforehand, since curl sends whole files.
"""

import json
import pathlib
import subprocess
import sys
import tempfile
import time

import boto3
from botocore.config import Config

KEY, SECRET = "AKIAIOSFODNN7EXAMPLE", "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY"


def curl(*arguments):
    command = ["curl", "--silent", "--show-error", "--fail", "--output", "/dev/null", *arguments]
    subprocess.run(command, check=True, stdin=subprocess.DEVNULL)


def plain(file, url):
    began = time.perf_counter()
    curl("--upload-file", str(file), url)
    return time.perf_counter() - began


def in_parts(file, client, folder):
    size = file.stat().st_size
    # How large parts are is the service's choice.
    probe = client.get_attachment_upload_links(fileName=file.name, fileSizeBytes=size)
    parts = []
    with file.open("rb") as whole:
        while data := whole.read(probe["partSizeBytes"]):
            path = folder / f"part-{len(parts) + 1}"
            path.write_bytes(data)
            parts.append(path)

    began = time.perf_counter()
    answer = client.get_attachment_upload_links(fileName=file.name, fileSizeBytes=size)
    upload, links = answer["uploadId"], answer["uploadUrls"]
    while "nextIndex" in answer:
        answer = client.get_attachment_upload_links(
            fileName=file.name, uploadId=upload, uploadRange={"startIndex": answer["nextIndex"]})
        links += answer["uploadUrls"]
    assert [link["partIndex"] for link in links] == list(range(1, len(parts) + 1)), links
    # One curl for all parts, so that both sides pay for one start and one connection.
    heads = folder / "heads"
    heads.unlink(missing_ok=True)
    transfers = [f'upload-file = "{parts[link["partIndex"] - 1]}"\nurl = "{link["url"]}"\noutput = "/dev/null"\n'
                 for link in links]
    settings = folder / "curl.txt"
    settings.write_text(f'dump-header = "{heads}"\n' + "".join(transfers))
    subprocess.run(["curl", "--silent", "--show-error", "--fail", "--config", str(settings)],
                   check=True, stdin=subprocess.DEVNULL)
    etags = [line.split(":", 1)[1].strip() for line in heads.read_text().splitlines()
             if line.lower().startswith("etag:")]
    assert len(etags) == len(parts), heads.read_text()
    client.complete_attachment_upload(uploadId=upload, completedUploads=[
        {"partIndex": link["partIndex"], "eTag": etag} for link, etag in zip(links, etags)])
    took = time.perf_counter() - began
    status = client.describe_attachment_upload_status(uploadId=upload)
    assert status["uploadStatus"] != "failed", status
    assert status["uploadProgress"]["completedPartsCount"] == len(parts), status
    return took


def main(file, sim, server):
    client = boto3.client(
        "support", endpoint_url=sim, region_name="us-east-1", aws_access_key_id=KEY, aws_secret_access_key=SECRET,
        config=Config(retries={"total_max_attempts": 1}),
    )
    client.describe_severity_levels()  # connects, and loads what boto3 loads late
    with tempfile.TemporaryDirectory() as folder:
        print(json.dumps({
            "in_parts": in_parts(file, client, pathlib.Path(folder)),
            "plain": plain(file, f"{server}/{file.name}-{time.time_ns()}"),
        }))


main(pathlib.Path(sys.argv[1]), sys.argv[2], sys.argv[3])

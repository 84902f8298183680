"""moto's server with given cases in it, and requests for them.

    moto_with_cases.py CASES FOLDER

CASES is what signed_requests.py writes. The cases go in by moto's own code, not by 10,000 requests. moto keeps one
communication a case and knows no pages: FOLDER/pages has one request, which it answers with all cases, and
FOLDER/by-id asks for 100 at a time. Says `listening on URL` once all is written, and serves until it is ended.
"""

import json
import logging
import pathlib
import sys
import threading

from moto.moto_server.threaded_moto_server import ThreadedMotoServer
from moto.support.models import support_backends


def main(cases, folder):
    logging.getLogger("werkzeug").setLevel(logging.ERROR)
    backend = support_backends["123456789012"]["us-east-1"]
    ids = [
        backend.create_case(**case, cc_email_addresses=[], attachment_set_id=None)["caseId"]
        for case in json.loads(pathlib.Path(cases).read_text())
    ]
    server = ThreadedMotoServer(ip_address="127.0.0.1", port=0, verbose=False)
    server.start()
    host, port = server.get_host_and_port()
    everything = {"includeResolvedCases": True, "includeCommunications": True}
    asks = {
        "pages": [{**everything, "maxResults": 100}],
        "by-id": [{**everything, "caseIdList": ids[at : at + 100]} for at in range(0, len(ids), 100)],
    }
    for name, values in asks.items():
        (folder / name).mkdir()
        for number, value in enumerate(values):
            (folder / name / f"{number:04}.http").write_bytes(written(host, port, value))
    print(f"listening on http://{host}:{port}", flush=True)
    threading.Event().wait()


def written(host, port, value):
    """The bytes of a request; moto takes the account and Region from the credential, and checks no signature."""
    body = json.dumps(value).encode()
    return (
        f"POST / HTTP/1.1\r\nHost: {host}:{port}\r\n"
        "Content-Type: application/x-amz-json-1.1\r\nX-Amz-Target: AWSSupport_20130415.DescribeCases\r\n"
        "Authorization: AWS4-HMAC-SHA256 Credential=AKIAIOSFODNN7EXAMPLE/20261122/us-east-1/support/aws4_request, "
        f"SignedHeaders=host, Signature=00\r\nContent-Length: {len(body)}\r\n\r\n"
    ).encode() + body


main(sys.argv[1], pathlib.Path(sys.argv[2]))

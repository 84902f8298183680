"""The signature check, held against botocore's own signer: what is right passes, whatever is spoilt is refused."""

import unittest
from datetime import datetime, timedelta, timezone

from emulator import KEY, SECRET, Emulator, Refusals
from signing import request_for, send, sign

MISMATCH = (
    "The request signature we calculated does not match the signature you provided. Check your AWS Secret Access Key "
    "and signing method. Consult the service documentation for details."
)
OPERATION = "DescribeSeverityLevels"


class Signature(unittest.TestCase, Refusals):
    @classmethod
    def setUpClass(cls):
        cls.emulator = Emulator()
        cls.addClassCleanup(cls.emulator.stop)
        cls.emulator.customer("ASIATEMPORARYEXAMPLE", "temporary/secret", session_token="token/+=")
        cls.emulator.customer(
            "ASIAEXPIREDEXAMPLE00",
            "expired/secret",
            session_token="old",
            expires=(datetime.now(timezone.utc) - timedelta(hours=1)).isoformat(),
        )

    def request(self, value=None, headers=()):
        return request_for(self.emulator, OPERATION, value or {"language": "en"}, headers)

    def signed(self, **signer):
        return sign(self.request(), **signer)

    def judge(self, request, code, text=None):
        """Sends a spoilt request, and sees it refused with this code and text."""
        answer = send(request)
        found, message = answer.refusal
        self.assertEqual(found, code, message)
        self.assertEqual(answer.headers["x-amzn-ErrorType"], code)
        self.assertEqual(answer.status, 400)
        if text:
            self.assertIn(text, message)

    def accepted(self, request):
        answer = send(request)
        self.assertEqual((answer.status, answer.refusal), (200, (None, None)), answer.body)

    # --- right ---

    def test_right_signatures_pass(self):
        self.accepted(self.signed())
        self.accepted(self.signed(key="ASIATEMPORARYEXAMPLE", secret="temporary/secret", token="token/+="))
        for skew in (timedelta(minutes=-4, seconds=-30), timedelta(minutes=4, seconds=30)):
            self.accepted(self.signed(skew=skew))

    def test_headers_are_signed_as_they_are_trimmed(self):
        self.accepted(sign(self.request(headers={"X-Amz-Meta": "  two   words ", "X-Amz-Other": "a,  b"})))

    def test_text_of_all_the_world_passes(self):
        body = {"language": "en", "unknown": "Grüße, 東京, 🚨 \u0000\n\"\\"}
        self.accepted(sign(self.request(body)))
        self.accepted(sign(self.request('{"language":"en","unknown":"Grüße, 東京, 🚨"}'.encode())))

    def test_a_header_that_is_not_signed_may_change(self):
        request = self.signed()
        request.headers["X-Forwarded-Note"] = "added by a proxy"
        self.accepted(request)

    # --- wrong ---

    def test_a_wrong_secret(self):
        self.judge(self.signed(secret=SECRET + "x"), "InvalidSignatureException", MISMATCH)
        self.judge(self.signed(secret=SECRET.lower()), "InvalidSignatureException", MISMATCH)

    def test_an_unknown_key(self):
        self.judge(
            self.signed(key="AKIAUNKNOWNEXAMPLE00"),
            "UnrecognizedClientException",
            "The security token included in the request is invalid",
        )

    def test_tokens(self):
        temporary = {"key": "ASIATEMPORARYEXAMPLE", "secret": "temporary/secret"}
        for wrong in (None, "other", "token/+=x"):
            self.judge(self.signed(**temporary, token=wrong), "UnrecognizedClientException")
        self.judge(self.signed(token="a token with a key that has none"), "UnrecognizedClientException")

    def test_an_expired_token(self):
        self.judge(
            self.signed(key="ASIAEXPIREDEXAMPLE00", secret="expired/secret", token="old"),
            "ExpiredTokenException",
            "The security token included in the request is expired",
        )

    def test_a_tampered_body(self):
        request = self.signed()
        request.data = b'{"language":"ja"}'
        self.judge(request, "InvalidSignatureException", MISMATCH)
        request = self.signed()
        request.data = request.data + b" "
        self.judge(request, "InvalidSignatureException", MISMATCH)
        request = self.signed()
        request.data = b""
        self.judge(request, "InvalidSignatureException", MISMATCH)

    def test_tampered_headers(self):
        request = self.signed()
        request.headers.replace_header("X-Amz-Target", "AWSSupport_20130415.DescribeServices")
        self.judge(request, "InvalidSignatureException", MISMATCH)
        request = self.signed()
        request.headers.replace_header("Content-Type", "application/json")
        self.judge(request, "InvalidSignatureException", MISMATCH)
        request = self.signed()
        request.headers["Host"] = "support.us-east-1.amazonaws.com"
        self.judge(request, "InvalidSignatureException", MISMATCH)
        request = self.signed(key="ASIATEMPORARYEXAMPLE", secret="temporary/secret", token="other")
        request.headers.replace_header("X-Amz-Security-Token", "token/+=")
        self.judge(request, "InvalidSignatureException", MISMATCH)

    def test_a_tampered_date(self):
        request = self.signed()
        date = datetime.strptime(request.headers["X-Amz-Date"], "%Y%m%dT%H%M%SZ") + timedelta(seconds=1)
        request.headers.replace_header("X-Amz-Date", date.strftime("%Y%m%dT%H%M%SZ"))
        self.judge(request, "InvalidSignatureException")

    def test_a_tampered_path(self):
        request = self.signed()
        request.url += "?maxResults=10"
        self.judge(request, "InvalidSignatureException", MISMATCH)

    def test_a_clock_that_is_off(self):
        pattern = r"{} \d{{8}}T\d{{6}}Z is {} \d{{8}}T\d{{6}}Z \(\d{{8}}T\d{{6}}Z {} 5 min\.\)"
        for skew, says in [
            (timedelta(minutes=-6), pattern.format("Signature expired:", "now earlier than", "-")),
            (timedelta(minutes=6), pattern.format("Signature not yet current:", "still later than", r"\+")),
            (timedelta(days=-400), "Signature expired:"),
            (timedelta(days=400), "Signature not yet current:"),
        ]:
            with self.subTest(skew=skew):
                answer = send(self.signed(skew=skew))
                code, message = answer.refusal
                self.assertEqual(code, "InvalidSignatureException")
                self.assertRegex(message, says)

    def test_another_region_or_service(self):
        self.judge(
            self.signed(region="eu-west-1"),
            "InvalidSignatureException",
            "Credential should be scoped to a valid region",
        )
        self.judge(
            self.signed(service="sts"),
            "InvalidSignatureException",
            "Credential should be scoped to correct service: 'support'",
        )

    def test_no_signature(self):
        self.judge(self.request(), "MissingAuthenticationTokenException", "Missing Authentication Token")

    def test_a_credential_of_another_day(self):
        request = self.signed()
        self.change_authorization(request, lambda text: text.replace(request.headers["X-Amz-Date"][:8], "20200101"))
        self.judge(request, "InvalidSignatureException", "Date in Credential scope does not match YYYYMMDD")

    def test_incomplete_signatures(self):
        for what, change, says in [
            ("no credential", lambda text: text.replace("Credential=", "X="), "requires 'Credential' parameter"),
            ("no signature", lambda text: text.replace("Signature=", "X="), "requires 'Signature' parameter"),
            ("no names", lambda text: text.replace("SignedHeaders=", "X="), "requires 'SignedHeaders' parameter"),
            ("a short scope", lambda text: text.replace("/support", ""), "must have exactly 5 slash-delimited"),
            ("another end", lambda text: text.replace("/aws4_request", "/aws5_request"), None),
            ("another algorithm", lambda text: text.replace("AWS4-HMAC-SHA256", "AWS4-HMAC-MD5"), None),
            ("nothing but the algorithm", lambda text: "AWS4-HMAC-SHA256", "requires 'Credential' parameter"),
            ("a user and password", lambda text: "Basic dXNlcjpwYXNz", None),
        ]:
            with self.subTest(what):
                request = self.signed()
                self.change_authorization(request, change)
                self.judge(request, "IncompleteSignatureException", says)
        request = self.signed()
        del request.headers["X-Amz-Date"]
        self.judge(request, "IncompleteSignatureException", "'X-Amz-Date'")
        request = self.signed()
        request.headers.replace_header("X-Amz-Date", "yesterday")
        self.judge(request, "IncompleteSignatureException", "Date must be in ISO-8601")

    def test_a_signature_that_leaves_the_host_out(self):
        request = self.signed()
        self.change_authorization(request, lambda text: text.replace(";host;", ";").replace("=host;", "="))
        self.judge(request, "InvalidSignatureException")

    def test_a_signature_that_is_nearly_right(self):
        for change in (
            lambda text: text[:-1] + ("0" if text[-1] != "0" else "1"),
            lambda text: text[:-1],
            lambda text: text + "00",
            lambda text: text[:-64] + "0" * 64,
            lambda text: text[:-64] + "z" * 64,
        ):
            request = self.signed()
            self.change_authorization(request, change)
            self.judge(request, "InvalidSignatureException", MISMATCH)

    def test_nothing_that_was_refused_was_done(self):
        self.emulator.control("DELETE", "calls")
        request = sign(request_for(self.emulator, "CreateCase", {"subject": "s", "communicationBody": "b"}), secret="x")
        self.judge(request, "InvalidSignatureException")
        listed = self.emulator.client().describe_cases(includeResolvedCases=True)
        self.assertEqual(listed["cases"], [])

    # --- boto3 itself ---

    def test_boto3_raises_what_it_is_told(self):
        self.refused("UnrecognizedClientException", self.emulator.client(key="AKIANOBODY").describe_services)
        self.refused("InvalidSignatureException", self.emulator.client(secret="x").describe_services)
        expired = self.emulator.client("ASIAEXPIREDEXAMPLE00", "expired/secret", "old")
        self.refused("ExpiredTokenException", expired.describe_services)
        temporary = self.emulator.client("ASIATEMPORARYEXAMPLE", "temporary/secret", "token/+=")
        self.assertTrue(temporary.describe_services()["services"])
        self.assertTrue(self.emulator.client(KEY, SECRET).describe_services()["services"])

    @staticmethod
    def change_authorization(request, change):
        request.headers.replace_header("Authorization", change(request.headers["Authorization"]))

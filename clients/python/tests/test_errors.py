"""Errors of the daemon become exceptions."""
import json
import pickle
import unittest

import zfsapi
from zfsapi import errors


class ErrorTests(unittest.TestCase):
    def test_each_code_has_its_class(self) -> None:
        wanted = {
            -32700: zfsapi.InvalidRequest, -32601: zfsapi.InvalidRequest, -32602: zfsapi.InvalidParams,
            -32001: zfsapi.InvalidParams, -32002: zfsapi.NotFound, -32003: zfsapi.NotFound, -32050: zfsapi.NotFound,
            -32004: zfsapi.PermissionDenied, -32042: zfsapi.PermissionDenied, -32040: zfsapi.AuthenticationFailed,
            -32041: zfsapi.AuthenticationFailed, -32051: zfsapi.Conflict, -32005: zfsapi.OperationFailed,
            -32010: zfsapi.TransferFailed, -32020: zfsapi.TransferFailed, -32052: zfsapi.Unavailable,
            -32000: zfsapi.RateLimited, -32053: zfsapi.TimedOut, -32054: zfsapi.Cancelled,
            -32603: zfsapi.InternalError, -1: zfsapi.ZFSAPIError,
        }
        for code, kind in wanted.items():
            with self.subTest(code=code):
                self.assertIs(type(errors.from_answer({"code": code, "message": "m"})), kind)

    def test_all_that_the_daemon_says_is_kept(self) -> None:
        error = errors.from_answer(json.loads(
            '{"code":-32002,"message":"a/b: dataset does not exist","data":{"reason":"dataset_not_found",'
            '"retryable":false,"request_id":"62fe-6","stderr":"cannot open","exit_status":1,'
            '"details":{"names":["a/b"]}}}'))
        self.assertEqual(
            (error.code, error.reason, error.retryable, error.request_id, error.stderr, error.exit_status,
             error.details),
            (-32002, "dataset_not_found", False, "62fe-6", "cannot open", 1, {"names": ["a/b"]}))
        self.assertEqual(str(error), "a/b: dataset does not exist (dataset_not_found)")
        self.assertEqual(pickle.loads(pickle.dumps(error)).reason, "dataset_not_found")

    def test_the_resume_token_is_found(self) -> None:
        error = errors.from_answer({"code": -32020, "message": "m", "data": {"details": {"resume_token": "1-abc"}}})
        self.assertEqual(error.resume_token, "1-abc")
        self.assertIsNone(errors.from_answer({"code": -32020, "message": "m"}).resume_token)

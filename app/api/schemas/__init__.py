"""The shapes of requests and answers, one file a noun: what the OpenAPI document describes."""

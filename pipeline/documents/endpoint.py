"""Asking a language model at an endpoint that the user configures; what was asked and answered is kept beside the output.

Any server that speaks the chat completions of OpenAI will do. Off unless an address is given. An answer that is kept is not
asked for again, so that a run can be repeated without the model.
"""

import hashlib
import json
import os
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import requests

KEY_VARIABLE = "SANCTIONS_MODEL_KEY"
"""Environment variable of the key, where the endpoint asks for one; it is never kept."""
_SECONDS = (10, 300)
"""To connect, and to answer."""
_MOST_BYTES = 5_000_000


class EndpointError(Exception):
    """The endpoint gave no answer that can be used; the message says what came."""


@dataclass(frozen=True)
class Endpoint:
    """A model behind an address such as http://127.0.0.1:8080/v1."""

    url: str
    model: str
    kept: Path
    """Folder of the questions and answers, one file each."""

    def answer(self, messages: Sequence[Mapping[str, str]], schema: Mapping[str, Any]) -> str:
        """What the model says to the messages, as JSON text of the schema; raises EndpointError."""
        question = {
            "model": self.model,
            "temperature": 0,
            "messages": list(messages),
            "response_format": {"type": "json_schema", "json_schema": {"name": "answer", "strict": True, "schema": schema}},
        }
        asked = json.dumps({"url": self.url, "question": question}, ensure_ascii=False, sort_keys=True)
        path = self.kept / f"{hashlib.sha256(asked.encode()).hexdigest()}.json"
        if path.exists():
            return str(json.loads(path.read_text(encoding="utf-8"))["answer"])
        answer = self._asked(question)
        self.kept.mkdir(parents=True, exist_ok=True)
        told = {"url": self.url, "question": question, "answer": answer}
        path.write_text(json.dumps(told, ensure_ascii=False, indent=1, sort_keys=True) + "\n", encoding="utf-8")
        return answer

    def _asked(self, question: Mapping[str, Any]) -> str:
        key = os.environ.get(KEY_VARIABLE, "")
        headers = {"Authorization": f"Bearer {key}"} if key else {}
        address = f"{self.url.rstrip('/')}/chat/completions"
        try:
            response = requests.post(address, json=question, headers=headers, timeout=_SECONDS, allow_redirects=False)
        except requests.RequestException as error:
            raise EndpointError(f"{address}: no answer ({type(error).__name__})") from error
        if response.status_code != requests.codes.ok or len(response.content) > _MOST_BYTES:
            raise EndpointError(f"{address}: expected an answer; came status {response.status_code}")
        try:
            return str(response.json()["choices"][0]["message"]["content"])
        except (ValueError, KeyError, IndexError, TypeError) as error:
            raise EndpointError(f"{address}: expected choices with a message; {type(error).__name__}: {error}") from error

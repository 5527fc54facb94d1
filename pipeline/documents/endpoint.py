"""Asking a language model at an endpoint that the user configures; what was asked and answered is kept beside the output.

Any server that speaks the chat completions of OpenAI will do. Off unless an address is given. An answer is kept where it is
what was asked for, and then not asked for again, so that a run can be repeated without the model.
"""

import hashlib
import json
import os
from collections.abc import Callable, Mapping, Sequence
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


class UnreachableError(EndpointError):
    """There is nobody at the address; it is of no use to ask again."""


@dataclass(frozen=True)
class Endpoint:
    """A model behind an address such as http://127.0.0.1:8080/v1."""

    url: str
    model: str
    kept: Path
    """Folder of the questions and answers, one file each."""

    check: Callable[[str], object] = str
    """Raises an exception for an answer that is not what was asked for; such a one is not kept."""

    def answer(self, messages: Sequence[Mapping[str, str]], schema: Mapping[str, Any]) -> str:
        """What the model says to the messages, as JSON text of the schema; raises EndpointError, and what the check raises."""
        question = {
            "model": self.model,
            "temperature": 0,
            "messages": list(messages),
            "response_format": {"type": "json_schema", "json_schema": {"name": "answer", "strict": True, "schema": schema}},
        }
        asked = json.dumps({"url": self.url, "question": question}, ensure_ascii=False, sort_keys=True)
        path = self.kept / f"{hashlib.sha256(asked.encode()).hexdigest()}.json"
        if path.exists():
            return _kept(path)
        answer = self._asked(question)
        self.check(answer)
        self.kept.mkdir(parents=True, exist_ok=True)
        told = {"url": self.url, "question": question, "answer": answer}
        part = path.with_suffix(".part")
        part.write_text(json.dumps(told, ensure_ascii=False, indent=1, sort_keys=True) + "\n", encoding="utf-8")
        part.replace(path)
        return answer

    def _asked(self, question: Mapping[str, Any]) -> str:
        key = os.environ.get(KEY_VARIABLE, "")
        headers = {"Authorization": f"Bearer {key}"} if key else {}
        address = f"{self.url.rstrip('/')}/chat/completions"
        try:
            response = requests.post(address, json=question, headers=headers, timeout=_SECONDS, allow_redirects=False)
        except requests.Timeout as error:
            raise EndpointError(f"{address}: no answer in time ({type(error).__name__})") from error
        except requests.RequestException as error:
            told = "expected an endpoint that answers; start it, or mend the address"
            raise UnreachableError(f"{address}: {told} ({type(error).__name__})") from error
        if response.status_code != requests.codes.ok or len(response.content) > _MOST_BYTES:
            raise EndpointError(f"{address}: expected an answer; came status {response.status_code}")
        try:
            content = response.json()["choices"][0]["message"]["content"]
            content.encode()
        except (ValueError, KeyError, IndexError, TypeError, AttributeError, RecursionError) as error:
            raise EndpointError(f"{address}: expected choices with a message; {type(error).__name__}: {error}") from error
        return str(content)


def _kept(path: Path) -> str:
    try:
        return str(json.loads(path.read_text(encoding="utf-8"))["answer"])
    except (ValueError, KeyError, TypeError) as error:
        raise EndpointError(f"{path}: expected an answer that was kept; delete the file to ask again") from error

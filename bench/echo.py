"""The floor: an echo on the same Sanic, in one process: `python -m bench.echo PORT`.

It answers in the form of Rasa's REST channel, and does nothing else.
"""

from __future__ import annotations

import sys

from sanic import Sanic
from sanic.request import Request
from sanic.response import HTTPResponse, json

from bot.lifetime import end_with_parent

app = Sanic("echo", configure_logging=False)


async def echo(request: Request) -> HTTPResponse:
    """Return what was said."""
    return json([{"text": request.json["message"]}])


async def health(request: Request) -> HTTPResponse:
    """Tell that the echo is there."""
    return json({})


app.add_route(echo, "/echo", methods=["POST"])
app.add_route(health, "/")


if __name__ == "__main__":
    end_with_parent()
    app.run("127.0.0.1", int(sys.argv[1]), access_log=False, motd=False)

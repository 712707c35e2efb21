"""Starts the Rasa server on loopback with the REST channel only: `python -m bot.nlu.serve`.

Rasa's own command line would open an HTTP API, bind every interface, import TensorFlow and print
what people write. This puts the same parts of Rasa together: its REST channel, its agent, Sanic.
"""

from __future__ import annotations

import os
import sys
from typing import TYPE_CHECKING, Any

from bot import memory, model_file, settings
from bot.lifetime import end_with_parent
from bot.nlu import absent, logs

if TYPE_CHECKING:
    from sanic import Sanic


def serve() -> None:
    """Serve the trained model until the process is told to stop."""
    given = settings.read()
    os.environ["RASA_TELEMETRY_ENABLED"] = "false"
    os.environ["SQLALCHEMY_SILENCE_UBER_WARNING"] = "1"
    absent.leave_out()

    logs.configure(given.log_level)

    app = _app(given)
    # Once more: the imports have brought loggers of its own.
    logs.configure(given.log_level)
    end_with_parent()
    memory.settle()
    app.run("127.0.0.1", given.rasa_port, access_log=False, motd=False)


def _app(given: settings.Settings) -> Sanic:
    """Return Rasa's REST channel as a Sanic app, its agent loaded."""
    from rasa.core.channels import channel
    from rasa.core.channels.rest import RestInput
    from rasa.core.utils import AvailableEndpoints
    from sanic import Sanic, response

    from bot.nlu import agent, swifter
    from bot.nlu.action_call import ActionEndpoint

    swifter.apply()
    endpoints = AvailableEndpoints.read_endpoints(str(settings.ROOT / "endpoints.yml"))
    endpoints.action = ActionEndpoint(
        f"http://127.0.0.1:{given.actions_port}/webhook", **endpoints.action.kwargs
    )
    if given.redis_url:
        from bot.nlu import shared

        shared.put_into(endpoints, given.redis_url)
    app = Sanic("rightdoor", configure_logging=False)
    app.config.KEEP_ALIVE_TIMEOUT = settings.KEEP_ALIVE_SECONDS
    app.ctx.agent = agent.loaded(model_file.MODEL, endpoints)
    channel.register([RestInput()], app, route="/webhooks/")

    async def health(request: Any) -> Any:
        return response.text("ready")

    async def close(app: Any, loop: Any) -> None:
        await endpoints.action.close()

    app.add_route(health, "/")
    app.register_listener(close, "after_server_stop")
    return app


if __name__ == "__main__":
    try:
        serve()
    except settings.SettingsError as error:
        sys.exit(str(error))

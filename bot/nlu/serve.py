"""Starts the Rasa server on loopback with the REST channel only: `python -m bot.nlu.serve`.

Rasa's own command line would open an HTTP API, bind every interface and print what people write.
"""

from __future__ import annotations

import os
import sys

from bot import model_file, settings
from bot.lifetime import end_with_parent
from bot.nlu import logs


def serve() -> None:
    """Serve the trained model until the process is told to stop."""
    given = settings.read()
    os.environ["RASA_TELEMETRY_ENABLED"] = "false"
    os.environ["TF_CPP_MIN_LOG_LEVEL"] = "3"
    os.environ["SQLALCHEMY_SILENCE_UBER_WARNING"] = "1"

    logs.configure(given.log_level)

    from rasa.core.run import serve_application
    from rasa.core.utils import AvailableEndpoints

    # Once more: the imports have brought loggers of their own.
    logs.configure(given.log_level)
    end_with_parent()
    endpoints = AvailableEndpoints.read_endpoints(str(settings.ROOT / "endpoints.yml"))
    endpoints.action.url = f"http://127.0.0.1:{given.actions_port}/webhook"
    if given.redis_url:
        from bot.nlu import shared

        shared.put_into(endpoints, given.redis_url)
    serve_application(
        model_path=str(model_file.MODEL),
        interface="127.0.0.1",
        port=given.rasa_port,
        credentials=str(settings.ROOT / "credentials.yml"),
        enable_api=False,
        endpoints=endpoints,
    )


if __name__ == "__main__":
    try:
        serve()
    except settings.SettingsError as error:
        sys.exit(str(error))

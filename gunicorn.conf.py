"""Read by gunicorn where it is started in this folder: its access lines name no unit's card."""

from typing import Any

from gunicorn.glogging import Logger

from core.logs import MaskAddresses, masked


class MaskingLogger(Logger):
    """Access and error lines without the tokens of the units' links."""

    def setup(self, cfg: Any) -> None:
        super().setup(cfg)
        if not any(isinstance(one, MaskAddresses) for one in self.error_log.filters):
            self.error_log.addFilter(MaskAddresses())

    def atoms(self, resp: Any, req: Any, environ: Any, request_time: Any) -> dict[str, Any]:
        known = super().atoms(resp, req, environ, request_time)
        return {k: masked(v) if isinstance(v, str) else v for k, v in known.items()}


logger_class = MaskingLogger

"""The web server's own lines, as the file that it reads at its start sets them."""

import datetime as dt
import importlib.util
from types import SimpleNamespace

from django.conf import settings
from gunicorn.config import Config


def _logger():
    spec = importlib.util.spec_from_file_location("conf", settings.BASE_DIR / "gunicorn.conf.py")
    conf = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(conf)
    return conf.logger_class(Config())


def test_error_lines_hold_no_token(capsys):
    """A worker that dies over a request names its address."""
    _logger().exception("Error handling request %s", f"/vao/{'t' * 32}/")

    written = capsys.readouterr().err
    assert ("request /vao/***/" in written, "ttt" in written) == (True, False)


def test_access_lines_hold_no_token():
    address = f"/vao/{'t' * 32}/"
    request = SimpleNamespace(headers=[("REFERER", f"https://phuong.example{address}")])
    environ = {
        "REQUEST_METHOD": "GET",
        "RAW_URI": address,
        "PATH_INFO": address,
        "SERVER_PROTOCOL": "HTTP/1.1",
        "HTTP_REFERER": f"https://phuong.example{address}",
    }
    response = SimpleNamespace(status="303 See Other", headers=[], sent=0)

    atoms = _logger().atoms(response, request, environ, dt.timedelta())

    assert atoms["r"] == "GET /vao/***/ HTTP/1.1"
    assert [name for name, value in atoms.items() if "ttt" in str(value)] == []

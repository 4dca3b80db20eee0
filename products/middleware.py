"""Public pages that the process has, given out before anything else is asked."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse

from products.public import kept_page, pack_page


class KeptPagesMiddleware:
    """Below what sets headers, above sessions and people: a public page needs neither."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = kept_page(request) or self.get_response(request)
        if request.method == "GET":
            pack_page(request, response)
        return response

"""What robots ask for before anything else."""

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.templatetags.static import static
from django.views.decorators.http import require_safe


@require_safe
def robots(_request: HttpRequest) -> HttpResponse:
    """Everything may be read, except what would be read twice: earlier releases and other days."""
    lines = ("User-agent: *", "Disallow: /r/", "Disallow: /*?on=", "Allow: /", "")
    return HttpResponse(
        "\n".join(lines), content_type="text/plain; charset=utf-8", headers={"Cache-Control": "max-age=3600"}
    )


@require_safe
def favicon(_request: HttpRequest) -> HttpResponse:
    return HttpResponseRedirect(static("ui/mark.svg"))

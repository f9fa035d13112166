"""Writing to those who run the site, and what the site knows of people."""

from http import HTTPStatus

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.csrf import csrf_exempt, csrf_protect
from django.views.decorators.http import require_http_methods, require_safe

from accounts.models import User
from inbox.brakes import TOO_LATE, TOO_MANY, may_write, seconds_to_wait, stamp, why_not_yet
from inbox.forgetting import KEPT_DAYS
from inbox.forms import ContactForm
from inbox.privacy import told
from inbox.receiving import receive
from portal.visitors import page


@csrf_exempt  # a visitor has neither a session to be misused nor a cookie for a token
@require_http_methods(["GET", "HEAD", "POST"])
def contact_us(request: HttpRequest) -> HttpResponse:
    """Write to those who run the site. What is sent in the name of an account carries its token."""
    return _guarded(request) if request.user.is_authenticated else _contact_us(request)


def _contact_us(request: HttpRequest) -> HttpResponse:
    if request.method != "POST":
        user = request.user
        return _shown(request, ContactForm(initial={"email": user.email if user.is_authenticated else ""}))
    form = ContactForm(request.POST)
    stamped = request.POST.get("opened", "")
    if not form.is_valid():
        return _shown(request, form, stamped, status=HTTPStatus.BAD_REQUEST)
    if why := why_not_yet(stamped):
        form.add_error(None, why)
        return _shown(request, form, stamped, status=HTTPStatus.BAD_REQUEST)
    if not may_write(request):
        form.add_error(None, TOO_MANY)
        response = _shown(request, form, stamped, status=HTTPStatus.TOO_MANY_REQUESTS)
        response["Retry-After"] = str(seconds_to_wait())
        return response
    _store(request, form)
    return redirect("contact-us-sent")


_guarded = csrf_protect(_contact_us)


def _store(request: HttpRequest, form: ContactForm) -> None:
    said = form.cleaned_data
    receive(
        name=said["name"],
        email=said["email"],
        subject=said["subject"],
        text=said["message"],
        user=request.user if isinstance(request.user, User) else None,
        is_spam=form.is_of_a_machine,
    )


def _shown(
    request: HttpRequest, form: ContactForm, stamped: str = "", status: HTTPStatus = HTTPStatus.OK
) -> HttpResponse:
    """Return the page with `form`; a form that was opened at `stamped` goes on from then, if that holds."""
    opened = stamped if stamped and why_not_yet(stamped) != TOO_LATE else stamp()
    context = {"form": form, "opened": opened, "kept_days": KEPT_DAYS}
    return render(request, "inbox/contact.html", context, status=status)


@require_safe
def contact_us_sent(request: HttpRequest) -> HttpResponse:
    """What happens next."""
    return page(request, "", "inbox/sent.html", lambda: {"kept_days": KEPT_DAYS})


@require_safe
def privacy(request: HttpRequest) -> HttpResponse:
    """What this site knows of people, and for how long."""
    return page(request, "", "inbox/privacy.html", told)

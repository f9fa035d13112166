"""What tests of the studio's forms need: addresses, and what a form would send."""

from html.parser import HTMLParser

from django.urls import reverse


def screen(thing, kind="change"):
    """Return the address of a screen of `thing`."""
    return reverse(f"admin:guides_{thing._meta.model_name}_{kind}", args=[thing.pk])


def of_guide(guide, name):
    """Return the address of a screen of a guide."""
    return reverse(f"admin:guides_guide_{name}", args=[guide.pk])


def said(response):
    """Return the messages of the page that an answer leads to."""
    return [str(message) for message in response.context["messages"]]


def form_of(response):
    return response.context["adminform"].form


def fields_of(response):
    """Return what the form of a page would send, unchanged."""
    values = {bound.html_name: bound.value() for bound in form_of(response)}
    return {name: value for name, value in values.items() if value is not None and value is not False}


class Forms(HTMLParser):
    """What a browser would send of each form of a page, by the form's class, before any button is pressed."""

    def __init__(self):
        super().__init__()
        self.forms, self.form, self.select, self.text, self.buttons = {}, None, "", None, []

    def handle_starttag(self, tag, attrs):
        names = dict(attrs)
        if tag == "form":
            self.form = self.forms.setdefault(names.get("class", ""), [])
        elif self.form is not None and tag == "input":
            self._read_input(names)
        elif tag == "select":
            self.select = names["name"]
        elif tag == "option" and self.select and "selected" in names:
            self.form.append((self.select, names["value"]))
        elif tag == "textarea":
            self.text = [names["name"], ""]
        elif tag == "button" and "name" in names:
            self.buttons.append(names)

    def handle_data(self, data):
        if self.text:
            self.text[1] += data

    def handle_endtag(self, tag):
        if tag == "form":
            self.form = None
        elif tag == "select":
            self.select = ""
        elif tag == "textarea":
            name, text = self.text
            self.form.append((name, text.removeprefix("\n")))
            self.text = None

    def _read_input(self, names):
        is_box = names.get("type") == "checkbox"
        is_sent = names.get("type") not in ("submit", "button") and "name" in names
        if is_sent and (not is_box or "checked" in names):
            self.form.append((names["name"], names.get("value", "on" if is_box else "")))


def forms_in(response):
    """Return the forms and the buttons of a page."""
    parser = Forms()
    parser.feed(response.content.decode())
    return parser

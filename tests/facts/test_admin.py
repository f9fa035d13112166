"""Figures in the studio: their forms and lists, their history, and bringing an earlier state back."""

import pytest
from django.contrib.admin.models import LogEntry
from django.urls import reverse
from django.utils import timezone

from facts.models import Naming, Place, Salary
from portal.log import change_of
from tests.factories import (
    GuideFactory,
    NamingFactory,
    OutlookFactory,
    PlaceFactory,
    SalaryFactory,
    SourceFactory,
    country,
)

pytestmark = pytest.mark.django_db


def address(kind, page, *args):
    return reverse(f"admin:facts_{kind}_{page}", args=args)


def form_of(page):
    """Return what a page's form shows, as a browser would send it."""
    form = page.context["adminform"].form
    shown = {name: form[name].value() for name in form.fields}
    return {
        name: [str(getattr(item, "pk", item)) for item in value] if isinstance(value, list) else value
        for name, value in shown.items()
        if value not in (None, "")
    }


def saved(client, thing, **fields):
    kind = thing._meta.model_name
    change = address(kind, "change", thing.pk)
    return client.post(change, {**form_of(client.get(change)), **fields})


def listed(client, kind, **asked):
    return {row.pk for row in client.get(address(kind, "changelist"), asked).context["cl"].result_list}


# --- Lists and forms ---------------------------------------------------------------------------


def test_list_is_narrowed_by_age(editor_client):
    undated = SalaryFactory()
    old, fresh = SalaryFactory(year=2000), SalaryFactory(year=timezone.localdate().year)
    assert listed(editor_client, "salary", age="old") == {undated.pk, old.pk}
    assert listed(editor_client, "salary", age="undated") == {undated.pk}
    assert listed(editor_client, "salary", age="fresh") == {fresh.pk}
    assert listed(editor_client, "salary", age="other") == {undated.pk, old.pk, fresh.pk}


def test_list_is_narrowed_by_career_source_and_place(editor_client):
    wanted, of_all = SalaryFactory(place=PlaceFactory()), SalaryFactory(guide=None)
    assert listed(editor_client, "salary", guide__id__exact=wanted.guide.pk) == {wanted.pk}
    assert listed(editor_client, "salary", guide__isnull="True") == {of_all.pk}
    assert listed(editor_client, "salary", source__id__exact=of_all.source.pk) == {of_all.pk}
    assert listed(editor_client, "salary", place__kind__exact="city") == {wanted.pk}


def test_list_is_searched(editor_client):
    wanted = OutlookFactory(source=SourceFactory(publisher="Flour Times"))
    OutlookFactory()
    assert listed(editor_client, "outlook", q="flour") == {wanted.pk}


@pytest.mark.parametrize("factory", [SalaryFactory, OutlookFactory, NamingFactory, PlaceFactory])
def test_list_costs_the_same_whatever_its_length(editor_client, django_assert_num_queries, factory):
    kind = factory._meta.model._meta.model_name
    factory()
    editor_client.get(address(kind, "changelist"))
    costs = {"salary": 10, "outlook": 9, "naming": 8, "place": 8}
    for _ in range(2):
        with django_assert_num_queries(costs[kind]):
            editor_client.get(address(kind, "changelist"))
        factory(), factory()


def test_form_refuses_what_the_database_would(editor_client):
    salary = SalaryFactory()
    refused = saved(editor_client, salary, amount="", low="5")
    assert "Give an amount above 0, a range upwards, or both in order." in refused.content.decode()
    refused = saved(editor_client, salary, month="6")
    assert "A month needs its year." in refused.content.decode()


def test_form_refuses_a_figure_that_is_there(editor_client):
    salary = SalaryFactory()
    other = SalaryFactory(guide=salary.guide, source=salary.source, note="Another.")
    refused = saved(editor_client, other, note="")
    assert "This source&#x27;s figure is there already: change that one." in refused.content.decode()


def test_names_are_typed_one_to_a_line(editor_client):
    naming = NamingFactory(sources=[SourceFactory()])
    saved(editor_client, naming, names=" Oven \r\n\r\nAcme\r\n")
    naming.refresh_from_db()
    assert naming.names == ["Oven", "Acme"]


@pytest.mark.parametrize("names", ["", " \r\n ", "Oven\r\nOven", "Oven\x00"])
def test_names_are_refused(editor_client, names):
    naming = NamingFactory(sources=[SourceFactory()])
    assert saved(editor_client, naming, names=names).context["adminform"].errors.keys() == {"names"}


def test_names_that_stay_are_no_change(editor_client):
    naming = NamingFactory(sources=[SourceFactory()])
    saved(editor_client, naming)
    assert change_of(LogEntry.objects.get()) == {}


def test_what_somebody_else_saved_is_not_saved_over(editor_client, publisher_client):
    naming = NamingFactory(sources=[SourceFactory()])
    opened = form_of(editor_client.get(address("naming", "change", naming.pk)))
    saved(publisher_client, naming, names="Oven")
    refused = editor_client.post(address("naming", "change", naming.pk), {**opened, "names": "Acme"})
    naming.refresh_from_db()
    assert (naming.names, refused.status_code) == (["Oven"], 200)
    assert "publisher@example.org saved this" in refused.content.decode()


# --- History -----------------------------------------------------------------------------------


def test_history_tells_who_changed_what(editor_client, editor):
    salary = SalaryFactory(amount=100)
    saved(editor_client, salary, amount="200")
    change = salary.history.latest()
    assert (change.history_type, change.history_user, change.amount) == ("~", editor, 200)
    page = editor_client.get(address("salary", "history", salary.pk)).content.decode()
    assert "editor@example.org" in page
    assert "Amount: <del>100.00</del> <ins>200.00</ins>" in page
    assert "the site itself" in page


def test_history_tells_choices_and_relations_in_words(editor_client):
    salary = SalaryFactory()
    saved(editor_client, salary, level="senior", place=str(PlaceFactory(name="Oven Town").pk))
    page = editor_client.get(address("salary", "history", salary.pk)).content.decode()
    assert "Experience: <del>nothing</del> <ins>senior</ins>" in page
    assert "Place: <del>United States</del> <ins>Oven Town</ins>" in page


@pytest.mark.parametrize("changes", [1, 3])
def test_history_costs_the_same_whatever_its_length(editor_client, django_assert_num_queries, changes):
    salary = SalaryFactory()
    for number in range(changes):
        salary.amount = number + 1
        salary.save()
    editor_client.get(address("salary", "history", salary.pk))
    with django_assert_num_queries(8):
        editor_client.get(address("salary", "history", salary.pk))


@pytest.mark.parametrize("changes", [1, 3])
def test_history_of_relations_costs_the_same(editor_client, django_assert_num_queries, changes):
    naming = NamingFactory(sources=[SourceFactory(publisher="Crumb", title="Bread")])
    for _ in range(changes):
        saved(editor_client, naming, sources=[SourceFactory(publisher="Oven", title="Heat").pk])
    editor_client.get(address("naming", "history", naming.pk))
    with django_assert_num_queries(9):
        page = editor_client.get(address("naming", "history", naming.pk)).content.decode()
    assert "Sources: <del>Crumb: Bread</del> <ins>Oven: Heat</ins>" in page


@pytest.mark.parametrize("page", ["history", "simple_history"])
@pytest.mark.parametrize("wrong", ["0", "x", "9" * 30, "1.5"])
def test_history_of_nothing_is_not_there(editor_client, page, wrong):
    parts = [wrong] if page == "history" else [wrong, wrong]
    assert editor_client.get(address("salary", page, *parts)).status_code == 404


def test_figure_cannot_be_told_as_another(editor_client):
    salary, other = SalaryFactory(), SalaryFactory()
    wrong = address("salary", "simple_history", other.pk, salary.history.get().history_id)
    assert editor_client.get(wrong).status_code == 404


# --- Bringing a state back ---------------------------------------------------------------------


def state(thing, record):
    return address(thing._meta.model_name, "simple_history", thing.pk, record.history_id)


def restored(client, thing, record, seen=None):
    seen = thing.history.latest().history_id if seen is None else seen
    return client.post(state(thing, record), {"seen": seen})


def test_earlier_state_is_shown_and_brought_back(editor_client, editor):
    salary = SalaryFactory(amount=100, industry="Bakeries")
    first = salary.history.get()
    saved(editor_client, salary, amount="200", industry="")
    page = editor_client.get(state(salary, first))
    assert [(each["field"], each["old"], each["new"]) for each in page.context["changes"]] == [
        ("Amount", "200.00", "100.00"),
        ("Industry", "nothing", "Bakeries"),
    ]
    response = restored(editor_client, salary, first)
    salary.refresh_from_db()
    assert (response["Location"], salary.amount) == (address("salary", "change", salary.pk), 100)
    latest = salary.history.latest()
    assert (latest.history_user, latest.history_change_reason.startswith("Restored the state of")) == (
        editor,
        True,
    )
    change = change_of(LogEntry.objects.latest("pk"))
    assert (change["before"]["amount"], change["after"]["amount"]) == ("200.00", "100.00")


def test_relations_are_brought_back(editor_client):
    source, other = SourceFactory(), SourceFactory()
    naming = NamingFactory(sources=[source])
    first, states = naming.history.latest(), naming.history.count()
    saved(editor_client, naming, sources=[other.pk], names="Oven")
    assert naming.history.count() == states + 1
    restored(editor_client, naming, first)
    naming.refresh_from_db()
    assert naming.history.count() == states + 2
    assert (list(naming.sources.all()), naming.names) == ([source], ["Acme", "Globex"])


def test_what_was_deleted_is_made_anew(editor_client):
    salary = SalaryFactory(amount=100)
    pk = salary.pk
    editor_client.post(address("salary", "delete", pk), {"post": "yes"})
    record = Salary.history.get(id=pk, history_type="-")
    page = editor_client.get(address("salary", "deleted"))
    assert [row for row, _ in page.context["rows"]] == [record]
    at = address("salary", "simple_history", pk, record.history_id)
    assert "Restoring makes it anew" in editor_client.get(at).content.decode()
    editor_client.post(at, {"seen": record.history_id})
    assert Salary.objects.get(pk=pk).amount == 100
    assert not editor_client.get(address("salary", "deleted")).context["rows"]
    editor_client.post(address("salary", "delete", pk), {"post": "yes"})
    assert len(editor_client.get(address("salary", "deleted")).context["rows"]) == 1


@pytest.mark.parametrize("factory", [SalaryFactory, OutlookFactory, NamingFactory, PlaceFactory])
def test_list_of_what_was_deleted_costs_the_same(editor_client, django_assert_num_queries, factory):
    kind = factory._meta.model._meta.model_name
    factory().delete()
    editor_client.get(address(kind, "deleted"))
    for _ in range(2):
        with django_assert_num_queries(6):
            editor_client.get(address(kind, "deleted"))
        factory().delete(), factory().delete()


def test_deleted_figure_whose_source_is_gone_too_is_listed(editor_client):
    salary = SalaryFactory()
    source, guide = salary.source, salary.guide
    salary.delete()
    source.delete()
    guide.delete()
    [(_, called)] = editor_client.get(address("salary", "deleted")).context["rows"]
    assert called == "a source that is no more, average: all occupations"


def test_state_that_cannot_be_stored_now_is_refused(editor_client):
    salary = SalaryFactory()
    source, first = salary.source, salary.history.get()
    salary.source = SourceFactory()
    salary.save()
    source.delete()
    response = restored(editor_client, salary, first)
    assert response.status_code == 409
    assert response.context["faults"] == [f"source instance with id {first.source_id} is not a valid choice."]


@pytest.mark.parametrize("seen", ["", "x", "0"])
def test_state_is_not_brought_over_what_was_not_seen(editor_client, seen):
    salary = SalaryFactory(amount=100)
    first = salary.history.get()
    salary.amount = 200
    salary.save()
    response = restored(editor_client, salary, first, seen=seen)
    salary.refresh_from_db()
    assert (response.status_code, salary.amount) == (409, 200)
    assert "Somebody has changed it meanwhile." in response.content.decode()


def test_who_may_only_look_brings_nothing_back(newcomer, newcomer_client, editor):
    newcomer.user_permissions.set(editor.groups.get().permissions.filter(codename="view_salary"))
    salary = SalaryFactory(amount=100)
    first = salary.history.get()
    salary.amount = 200
    salary.save()
    page = newcomer_client.get(state(salary, first))
    assert (page.status_code, page.context["may_restore"]) == (200, False)
    assert restored(newcomer_client, salary, first).status_code == 403
    salary.refresh_from_db()
    assert salary.amount == 200


def test_place_of_figures_is_not_deleted(editor_client):
    SalaryFactory()
    page = editor_client.post(address("place", "delete", country().pk), {"post": "yes"})
    assert (page.status_code, Place.objects.filter(code="US").exists()) == (200, True)


def test_guide_with_figures_is_deleted_with_them(publisher_client):
    guide = GuideFactory()
    SalaryFactory(guide=guide), NamingFactory(guide=guide)
    publisher_client.post(reverse("admin:guides_guide_delete", args=[guide.pk]), {"post": "yes"})
    assert (Salary.objects.count(), Naming.objects.count()) == (0, 0)

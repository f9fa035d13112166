"""Who may do what in the studio: every page, every action and every search, for everybody.

The tables are the rule. A page that they do not name fails a test.
"""

from copy import deepcopy
from http import HTTPStatus

import pytest
from django.apps import apps
from django.contrib import admin
from django.contrib.admin.models import LogEntry
from django.contrib.auth.models import Group
from django.contrib.contenttypes.models import ContentType
from django.db import transaction
from django.urls import reverse

from portal.log import log
from portal.models import ScheduledTask
from portal.tasks import tidy_queue
from tests.factories import (
    CertificationFactory,
    ContactRequestFactory,
    CourseFactory,
    FeedFactory,
    InterviewQuestionFactory,
    JobDescriptionFactory,
    MessageFactory,
    NamingFactory,
    OutlookFactory,
    PictureFactory,
    PlaceFactory,
    PostingFactory,
    ProviderFactory,
    QuestionFactory,
    ReviewFactory,
    SalaryFactory,
    SectionFactory,
    SkillFactory,
    SourceFactory,
    StageFactory,
    StepFactory,
    TopicFactory,
    UserFactory,
    guide_with_path,
)


def table(text):
    """Return the rows of a table by the names that begin them, each as what everybody may do."""
    [head, *rows] = [line.split() for line in text.strip().splitlines()]
    assert {len(row) for row in rows} == {len(head)}
    assert len({row[0] for row in rows}) == len(rows)
    return {row[0]: dict(zip(head[1:], row[1:], strict=True)) for row in rows}


# l: the list, h: the history of a thing, v: the thing; a: add, c: change, d: delete.
THINGS = table("""
thing                 visitor learner newcomer editor publisher catalog support superuser
account.emailaddress  -       -       -        -      -         -       -       lhvacd
accounts.contactrequest -     -       -        -      -         -       lhv     lhvd
accounts.review       -       -       -        -      -         lhv     lhv     lhv
accounts.user         -       -       -        -      -         -       lhv     lhvacd
admin.logentry        -       -       -        lhv    lhv       lhv     -       lhv
auth.group            -       -       -        -      -         -       -       lhvacd
courses.certification -       -       -        lhv    lhv       lhvacd  -       lhvacd
courses.course        -       -       -        lhv    lhv       lhvacd  -       lhvacd
courses.provider      -       -       -        lhv    lhv       lhvacd  -       lhvacd
courses.skill         -       -       -        lhv    lhv       lhvacd  -       lhvacd
facts.naming          -       -       -        lhvacd lhvacd    -       -       lhvacd
facts.outlook         -       -       -        lhvacd lhvacd    -       -       lhvacd
facts.place           -       -       -        lhvacd lhvacd    -       -       lhvacd
facts.salary          -       -       -        lhvacd lhvacd    -       -       lhvacd
guides.edition        -       -       -        lhv    lhv       -       -       lhv
guides.guide          -       -       -        lhvac  lhvacd    -       -       lhvacd
guides.picture        -       -       -        lhvacd lhvacd    -       -       lhvacd
guides.section        -       -       -        lhvacd lhvacd    -       -       lhvacd
guides.source         -       -       -        lhvacd lhvacd    -       -       lhvacd
guides.stage          -       -       -        lhvacd lhvacd    -       -       lhvacd
guides.step           -       -       -        lhvacd lhvacd    -       -       lhvacd
hiring.jobdescription -       -       -        lhvacd lhvacd    -       -       lhvacd
inbox.message         -       -       -        -      -         -       lhvc    lhvcd
interviews.question   -       -       -        lhvacd lhvacd    -       -       lhvacd
interviews.topic      -       -       -        lhvacd lhvacd    -       -       lhvacd
jobs.feed             -       -       -        lhvacd lhvacd    -       -       lhvacd
jobs.posting          -       -       -        lhv    lhv       -       -       lhv
quiz.answer           -       -       -        lhvcd  lhvcd     -       -       lhvcd
quiz.question         -       -       -        lhvacd lhvacd    -       -       lhvacd
portal.scheduledtask  -       -       -        -      -         -       -       lhv
django_tasks_database.dbtaskresult - - -       -      -         -       -       lhv
""")

# r: read the page, w: send its form.
PAGES = table("""
page                         visitor learner newcomer editor publisher catalog support superuser
index                        -       -       r        r      r         r       r       r
app_list                     -       -       -        r      r         -       -       r
password_change              -       -       rw       rw     rw        rw      rw      rw
password_change_done         -       -       r        r      r         r       r       r
jsi18n                       -       -       r        r      r         r       r       r
logout                       -       -       w        w      w         w       w       w
auth_user_password_change    -       -       -        -      -         -       -       rw
courses_course_export        -       -       -        r      r         r       -       r
courses_course_import        -       -       -        -      -         rw      -       rw
facts_check_links            -       -       -        w      w         -       -       w
facts_contradictions         -       -       -        r      r         -       -       r
facts_links                  -       -       -        r      r         -       -       r
facts_naming_deleted         -       -       -        r      r         -       -       r
facts_naming_simple_history  -       -       -        rw     rw        -       -       rw
facts_old                    -       -       -        r      r         -       -       r
facts_outlook_deleted        -       -       -        r      r         -       -       r
facts_outlook_simple_history -       -       -        rw     rw        -       -       rw
facts_place_deleted          -       -       -        r      r         -       -       r
facts_place_simple_history   -       -       -        rw     rw        -       -       rw
facts_salary_deleted         -       -       -        r      r         -       -       r
facts_salary_simple_history  -       -       -        rw     rw        -       -       rw
guides_guide_cancel          -       -       -        -      rw        -       -       rw
guides_guide_compare         -       -       -        r      r         -       -       r
guides_guide_download        -       -       -        r      r         -       -       r
guides_guide_edition_preview -       -       -        r      r         -       -       r
guides_guide_editions        -       -       -        r      r         -       -       r
guides_guide_files           -       -       -        rw     rw        -       -       rw
guides_guide_import          -       -       -        rw     rw        -       -       rw
guides_guide_merge           -       -       -        -      rw        -       -       rw
guides_guide_outline         -       -       -        rw     rw        -       -       rw
guides_guide_preview         -       -       -        r      r         -       -       r
guides_guide_publish         -       -       -        -      rw        -       -       rw
guides_guide_put_back        -       -       -        -      rw        -       -       rw
guides_guide_replace         -       -       -        -      rw        -       -       rw
guides_guide_restore         -       -       -        -      rw        -       -       rw
guides_guide_retire          -       -       -        -      rw        -       -       rw
guides_guide_same_as         -       -       -        -      rw        -       -       rw
guides_guide_sections        -       -       -        rw     rw        -       -       rw
guides_guide_split           -       -       -        -      rw        -       -       rw
guides_guide_text            -       -       -        w      w         -       -       w
guides_guide_unpublish       -       -       -        -      rw        -       -       rw
inbox_message_mark           -       -       -        -      -         -       w       w
quiz_question_fairness       -       -       -        r      r         -       -       r
""")

OPEN = {"login", "autocomplete", "view_on_site"}  # each has tests of its own

# What a list offers to do with many things at once.
ACTIONS = table("""
action                                visitor learner newcomer editor publisher catalog support superuser
account.emailaddress:delete_selected  -       -       -        -      -         -       -       yes
account.emailaddress:make_verified    -       -       -        -      -         -       -       yes
accounts.contactrequest:delete_selected - -    -        -      -         -       -       yes
accounts.contactrequest:pass_on       -       -       -        -      -         -       yes     yes
accounts.review:delete_selected       -       -       -        -      -         -       -       -
accounts.review:hide_reviews          -       -       -        -      -         yes     yes     yes
accounts.review:show_reviews          -       -       -        -      -         yes     yes     yes
accounts.user:delete_selected         -       -       -        -      -         -       -       yes
admin.logentry:delete_selected        -       -       -        -      -         -       -       -
auth.group:delete_selected            -       -       -        -      -         -       -       yes
courses.certification:delete_selected -       -       -        -      -         yes     -       yes
courses.certification:mark_active     -       -       -        -      -         yes     -       yes
courses.certification:mark_retired    -       -       -        -      -         yes     -       yes
courses.course:delete_selected        -       -       -        -      -         yes     -       yes
courses.course:mark_active            -       -       -        -      -         yes     -       yes
courses.course:mark_retired           -       -       -        -      -         yes     -       yes
courses.provider:delete_selected      -       -       -        -      -         yes     -       yes
courses.skill:delete_selected         -       -       -        -      -         yes     -       yes
facts.naming:delete_selected          -       -       -        yes    yes       -       -       yes
facts.outlook:delete_selected         -       -       -        yes    yes       -       -       yes
facts.place:delete_selected           -       -       -        yes    yes       -       -       yes
facts.salary:delete_selected          -       -       -        yes    yes       -       -       yes
guides.edition:delete_selected        -       -       -        -      -         -       -       -
guides.guide:delete_selected          -       -       -        -      yes       -       -       yes
guides.picture:delete_selected        -       -       -        yes    yes       -       -       yes
guides.section:delete_selected        -       -       -        yes    yes       -       -       yes
guides.source:delete_selected         -       -       -        yes    yes       -       -       yes
guides.stage:delete_selected          -       -       -        yes    yes       -       -       yes
guides.step:delete_selected           -       -       -        yes    yes       -       -       yes
hiring.jobdescription:delete_selected -       -       -        yes    yes       -       -       yes
quiz.answer:delete_selected           -       -       -        yes    yes       -       -       yes
quiz.question:delete_selected         -       -       -        yes    yes       -       -       yes
django_tasks_database.dbtaskresult:delete_selected - - -       -      -         -       -       -
inbox.message:close_messages          -       -       -        -      -         -       yes     yes
inbox.message:delete_selected         -       -       -        -      -         -       -       yes
inbox.message:mark_spam               -       -       -        -      -         -       yes     yes
interviews.question:delete_selected   -       -       -        yes    yes       -       -       yes
interviews.question:put_back          -       -       -        yes    yes       -       -       yes
interviews.question:retire            -       -       -        yes    yes       -       -       yes
interviews.topic:delete_selected      -       -       -        yes    yes       -       -       yes
jobs.feed:delete_selected             -       -       -        yes    yes       -       -       yes
jobs.feed:refresh_now                 -       -       -        yes    yes       -       -       yes
jobs.feed:take_new_address            -       -       -        yes    yes       -       -       yes
jobs.posting:delete_selected          -       -       -        -      -         -       -       -
jobs.posting:hide_jobs                -       -       -        yes    yes       -       -       yes
jobs.posting:show_jobs                -       -       -        yes    yes       -       -       yes
portal.scheduledtask:delete_selected  -       -       -        -      -         -       -       -
""")

# Things that are found by typing; the last ones are asked for by no form.
SEARCHES = table("""
search                       visitor learner newcomer editor publisher catalog support superuser
courses.certification.issuer -       -       -        yes    yes       yes     -       yes
courses.certification.skills -       -       -        yes    yes       yes     -       yes
courses.course.leads_to      -       -       -        yes    yes       yes     -       yes
courses.course.platform      -       -       -        yes    yes       yes     -       yes
courses.course.provider      -       -       -        yes    yes       yes     -       yes
courses.course.skills        -       -       -        yes    yes       yes     -       yes
facts.naming.guide           -       -       -        yes    yes       -       -       yes
facts.naming.place           -       -       -        yes    yes       -       -       yes
facts.naming.sources         -       -       -        yes    yes       -       -       yes
facts.outlook.guide          -       -       -        yes    yes       -       -       yes
facts.outlook.place          -       -       -        yes    yes       -       -       yes
facts.outlook.source         -       -       -        yes    yes       -       -       yes
facts.outlook.via            -       -       -        yes    yes       -       -       yes
facts.place.within           -       -       -        yes    yes       -       -       yes
facts.salary.guide           -       -       -        yes    yes       -       -       yes
facts.salary.place           -       -       -        yes    yes       -       -       yes
facts.salary.source          -       -       -        yes    yes       -       -       yes
facts.salary.via             -       -       -        yes    yes       -       -       yes
guides.section.guide         -       -       -        yes    yes       -       -       yes
guides.section.steps         -       -       -        yes    yes       -       -       yes
guides.source.cited_by       -       -       -        yes    yes       -       -       yes
guides.stage.guide           -       -       -        yes    yes       -       -       yes
guides.step.after            -       -       -        yes    yes       -       -       yes
guides.step.certifications   -       -       -        yes    yes       yes     -       yes
guides.step.courses          -       -       -        yes    yes       yes     -       yes
guides.step.skills           -       -       -        yes    yes       yes     -       yes
guides.step.sources          -       -       -        yes    yes       -       -       yes
interviews.question.guides   -       -       -        yes    yes       -       -       yes
interviews.question.source   -       -       -        yes    yes       -       -       yes
interviews.question.topic    -       -       -        yes    yes       -       -       yes
jobs.feed.guide              -       -       -        yes    yes       -       -       yes
accounts.enrolment.user      -       -       -        -      -         -       yes     yes
accounts.stepstate.step      -       -       -        yes    yes       -       -       yes
guides.edition.author        -       -       -        -      -         -       yes     yes
guides.step.guide            -       -       -        yes    yes       -       -       yes
guides.step.stage            -       -       -        yes    yes       -       -       yes
accounts.user.groups         -       -       -        -      -         -       -       yes
""")
UNASKED = {
    "accounts.enrolment.user",
    "accounts.stepstate.step",
    "accounts.user.groups",
    "guides.edition.author",
    "guides.step.guide",
    "guides.step.stage",
}

FIGURES = {
    "naming": NamingFactory,
    "outlook": OutlookFactory,
    "place": PlaceFactory,
    "salary": SalaryFactory,
}

PEOPLE = pytest.mark.parametrize("person", next(iter(THINGS.values())))


# --- What there is -----------------------------------------------------------------------------


def names_of(patterns):
    for pattern in patterns:
        if hasattr(pattern, "url_patterns"):
            yield from names_of(pattern.url_patterns)
        elif pattern.name:
            yield pattern.name


def labels():
    return {model._meta.label_lower for model in admin.site._registry}


def thing_pages():
    kinds = ("changelist", "history", "change", "add", "delete")
    return {f"{label.replace('.', '_')}_{kind}" for label in labels() for kind in kinds}


def test_every_kind_of_thing_is_in_the_table():
    assert labels() == set(THINGS)


def test_every_page_is_in_the_table():
    assert set(names_of(admin.site.get_urls())) - thing_pages() == set(PAGES) | OPEN


def test_every_action_is_in_the_table():
    screens = admin.site._registry.values()
    found = {f"{each.opts.label_lower}:{name}" for each in screens for _, name, _ in each._get_base_actions()}
    assert found == set(ACTIONS)


def test_every_search_is_in_the_table():
    screens = admin.site._registry.values()
    found = {f"{each.opts.label_lower}.{field}" for each in screens for field in each.autocomplete_fields}
    assert found == set(SEARCHES) - UNASKED


# --- What each may do --------------------------------------------------------------------------


@pytest.fixture
def things(guide, superuser, learner):
    """One of each kind, that nothing keeps from being deleted but who asks."""
    draft = guide_with_path()
    made = [
        *(make() for make in (CertificationFactory, CourseFactory, ProviderFactory, SkillFactory)),
        *(make() for make in (PictureFactory, SourceFactory)),
        *(make(guide=draft) for make in (SectionFactory, StageFactory)),
        StepFactory(stage=draft.stages.first()),
        guide_with_path(),
        guide.editions.get(),
        UserFactory(),
        Group.objects.create(name="Bakers"),
        learner.emailaddress_set.create(email=learner.email),
        ContactRequestFactory(),
        ReviewFactory(),
        InterviewQuestionFactory(),
        TopicFactory(),
        MessageFactory(),
        FeedFactory(moved_to="https://jobs.example/new.rss"),
        PostingFactory(),
        *(make() for make in FIGURES.values()),
        *(make() for make in (JobDescriptionFactory, QuestionFactory)),
        QuestionFactory(answers=("Yes", "No", "Maybe")).answers.first(),
        ScheduledTask.objects.create(name="jobs"),
        tidy_queue.enqueue().db_result,
    ]
    return {thing._meta.label_lower: thing for thing in [*made, log(superuser, made[0], "Touched.")]}


@pytest.fixture
def agent(request, person):
    names = {"visitor": "visitor", "catalog": "catalog_editor_client"}
    return request.getfixturevalue(names.get(person, f"{person}_client"))


REFUSALS = (HTTPStatus.FORBIDDEN, HTTPStatus.NOT_FOUND, HTTPStatus.METHOD_NOT_ALLOWED)
# Where the studio leads those who may not see a thing.
AWAY = (reverse("admin:login"), reverse("admin:index"))


def is_refused(response):
    return response.status_code in REFUSALS or response.get("Location", "").split("?")[0] in AWAY


def may_read(agent, address):
    return not is_refused(agent.get(address))


def may_send(agent, address, **form):
    """Whether a form is taken from this person; what it does is taken back."""
    cookies = deepcopy(agent.cookies)
    with transaction.atomic():
        response = agent.post(address, form)
        transaction.set_rollback(True)
    agent.cookies = cookies
    return not is_refused(response)


def letters(tried):
    """Return the letters of what is allowed; a mark after one says that the page is, but not its form."""
    return "".join(letter for letter, allowed in tried if allowed) or "-"


def done_with(agent, thing):
    """Return what the person may do with things like `thing`, as the table writes it."""
    stem = f"admin:{thing._meta.app_label}_{thing._meta.model_name}"
    listing, adding = reverse(f"{stem}_changelist"), reverse(f"{stem}_add")
    change, history, delete = (
        reverse(f"{stem}_{kind}", args=[thing.pk]) for kind in ("change", "history", "delete")
    )
    return letters(
        [
            ("l", may_read(agent, listing)),
            ("h", may_read(agent, history)),
            ("v", may_read(agent, change)),
            ("a", may_send(agent, adding)),
            ("!", may_read(agent, adding) != may_send(agent, adding)),
            ("c", may_send(agent, change)),
            ("d", may_send(agent, delete, post="yes")),
            ("!", may_read(agent, delete) != may_send(agent, delete, post="yes")),
        ]
    )


def column(table, person):
    return {name: row[person] for name, row in table.items()}


@PEOPLE
def test_things_are_open_to_those_whom_the_table_names(person, agent, things):
    assert {label: done_with(agent, things[label]) for label in THINGS} == column(THINGS, person)


def state_of(kind):
    """Return what the address of a state of a figure names."""
    figure = FIGURES[kind]()
    return [figure.pk, figure.history.latest().history_id]


def parts_of(page, guide, learner):
    """Return what the address of a page names."""
    own = {
        "app_list": ["guides"],
        "auth_user_password_change": [learner.pk],
        "courses_course_export": ["csv"],
        "guides_guide_edition_preview": [guide.pk, 1],
        "guides_guide_import": [],
        "guides_guide_restore": [guide.pk, 1],
    }
    if page.endswith("_simple_history"):
        return state_of(page.split("_")[1])
    if page == "inbox_message_mark":
        return [MessageFactory().pk]
    return own.get(page, [guide.pk] if page.startswith("guides_guide_") else [])


@PEOPLE
def test_pages_are_open_to_those_whom_the_table_names(person, agent, guide, learner):
    found = {}
    for page, row in PAGES.items():
        address = reverse(f"admin:{page}", args=parts_of(page, guide, learner))
        allowed = "".join(row.values())
        tried = [
            ("r", "r" in allowed and may_read(agent, address)),
            ("w", "w" in allowed and may_send(agent, address)),
        ]
        found[page] = letters(tried)
    assert found == column(PAGES, person)


def address_of(label):
    return reverse(f"admin:{label.replace('.', '_')}_changelist")


def offers(agent, action):
    """Whether a list offers an action."""
    label, name = action.split(":")
    context = agent.get(address_of(label)).context
    form = context.get("action_form") if context else None
    return "yes" if form and name in dict(form.fields["action"].choices) else "-"


@PEOPLE
def test_actions_are_offered_to_those_whom_the_table_names(person, agent, things):
    assert {action: offers(agent, action) for action in ACTIONS} == column(ACTIONS, person)


def does(agent, action, thing):
    """Whether an action that is sent is done: then the log tells of it."""
    label, name = action.split(":")
    before = LogEntry.objects.count()
    with transaction.atomic():
        sent = {"action": name, "_selected_action": [thing.pk], "post": "yes", "reason": "Not meant here."}
        agent.post(address_of(label), sent)
        is_done = LogEntry.objects.count() > before
        transaction.set_rollback(True)
    return "yes" if is_done else "-"


@PEOPLE
def test_actions_are_done_for_those_alone_to_whom_they_are_offered(person, agent, things):
    found = {action: does(agent, action, things[action.split(":")[0]]) for action in ACTIONS}
    assert found == column(ACTIONS, person)


def searches(agent, search):
    app, model, field = search.split(".")
    asked = {"app_label": app, "model_name": model, "field_name": field, "term": ""}
    return "-" if is_refused(agent.get(reverse("admin:autocomplete"), asked)) else "yes"


@PEOPLE
def test_searches_find_for_those_whom_the_table_names(person, agent, db):
    assert {search: searches(agent, search) for search in SEARCHES} == column(SEARCHES, person)


def test_search_of_support_finds_learners_alone(support_client, learner, editor):
    asked = {"app_label": "accounts", "model_name": "enrolment", "field_name": "user", "term": "e"}
    found = support_client.get(reverse("admin:autocomplete"), asked).json()["results"]
    assert [each["text"] for each in found] == [learner.email]


@PEOPLE
def test_no_log_in_page_of_the_studio_is_shown(person, agent, db):
    assert agent.get(reverse("admin:login")).status_code == {"learner": 403}.get(person, 302)


@PEOPLE
def test_links_to_the_site_lead_to_no_account(person, agent, learner):
    kind = ContentType.objects.get_for_model(apps.get_model("accounts.user"))
    address = reverse("admin:view_on_site", args=[kind.pk, learner.pk])
    assert is_refused(agent.get(address))

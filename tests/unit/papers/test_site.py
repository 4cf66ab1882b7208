"""The guide as pages: everything is on it, every link leads somewhere, and nothing on it is typed twice."""

import json
import re
from dataclasses import replace
from datetime import date
from itertools import pairwise

import pytest
from lxml import etree, html

from godwit.definitions.guide.guide import read_guide
from godwit.definitions.guide.timing import Clause, Lasts
from godwit.papers.site.building import site_files
from godwit.papers.site.names import Names
from godwit.papers.site.pages import all_pages
from godwit.papers.site.places import entries
from godwit.papers.site.telling import Teller
from godwit.papers.site.timeline import bars

GUIDE = read_guide()
TELL = Teller(GUIDE)
MADE_ON = date(2026, 11, 21)
UNKNOWN_TAG = "HTML_UNKNOWN_TAG"  # the parser is older than <main>, <nav> and <svg>


@pytest.fixture(scope="module")
def files() -> dict[str, bytes]:
    return dict(site_files(GUIDE, MADE_ON, "icb"))


@pytest.fixture(scope="module")
def trees(files: dict[str, bytes]) -> dict[str, html.HtmlElement]:
    return {name: html.document_fromstring(text) for name, text in files.items() if name.endswith(".html")}


def plain(text: str) -> str:
    return re.sub(r"\s+", "", text).casefold().rstrip(".")


def test_every_row_of_every_table_stands_where_its_link_says(trees: dict[str, html.HtmlElement]) -> None:
    lost = []
    texts = {name: plain(tree.text_content()) for name, tree in trees.items()}
    for entry in entries(GUIDE):
        page, _, anchor = entry.href.partition("#")
        place = trees[page].get_element_by_id(anchor, None) if anchor else trees[page]
        if place is None or (plain(entry.title) not in plain(place.text_content())):
            lost.append(entry.href)
        if ":" not in entry.key and anchor and plain(entry.key) not in texts[page]:
            lost.append(entry.key)
    assert lost == []


def test_no_row_is_left_out_of_the_list() -> None:
    rows = {
        "tasks": 290, "rules": 90, "third_parties": 39, "artefacts": 60, "words": 97, "data_kinds": 40,
    }  # fmt: skip
    assert {name: len(getattr(GUIDE, name)) for name in rows} == rows
    kinds = {one.kind for one in entries(GUIDE)}
    assert len(kinds) == 35
    assert len({one.key for one in entries(GUIDE)}) == len({one.href for one in entries(GUIDE)})


def test_every_link_leads_to_a_page_and_a_place_that_exist(
    files: dict[str, bytes], trees: dict[str, html.HtmlElement]
) -> None:
    places = {name: set(tree.xpath("//@id")) for name, tree in trees.items()}
    broken = []
    for name, tree in trees.items():
        for address in tree.xpath("//@href | //@src | //@action"):
            page, _, anchor = address.partition("#")
            if (page or name) not in files or (anchor and anchor not in places[page or name]):
                broken.append((name, address))
    assert broken == []


def test_every_page_can_be_reached_from_the_first(trees: dict[str, html.HtmlElement]) -> None:
    reached, ahead = set(), {"index.html"}
    while ahead:
        name = ahead.pop()
        reached.add(name)
        linked = {one.partition("#")[0] for one in trees[name].xpath("//main//@href")}
        ahead |= {one for one in linked if one in trees} - reached
    assert reached == set(trees)


def test_the_pages_ask_nobody_for_anything(files: dict[str, bytes]) -> None:
    for name, content in files.items():
        text = content.decode()
        if name.endswith(".html"):
            assert not re.search(r"(?:src|href|action)=[\"']?(?:\w+:|//)", text), name
        else:
            assert not re.search(r"url\(|@import|fetch\(|XMLHttp|WebSocket|innerHTML|https?:", text), name


def test_the_pages_are_well_formed(files: dict[str, bytes]) -> None:
    for name, content in files.items():
        if not name.endswith(".html"):
            continue
        parser = etree.HTMLParser()
        etree.fromstring(content, parser)
        faults = [(one.line, one.message) for one in parser.error_log if one.type_name != UNKNOWN_TAG]
        assert faults == [], name
        text = content.decode()
        assert not re.search("&lt;a|&amp;#", text), name
        ids = html.document_fromstring(content).xpath("//@id")
        assert len(ids) == len(set(ids)), name


def test_every_page_has_one_heading_one_title_and_a_language(trees: dict[str, html.HtmlElement]) -> None:
    titles = [tree.findtext(".//title") for tree in trees.values()]
    assert len(titles) == len(set(titles))
    for name, tree in trees.items():
        assert len(tree.xpath("//h1")) == 1, name
        assert tree.get("lang") == "en-GB", name


def test_the_same_guide_makes_the_same_bytes(files: dict[str, bytes]) -> None:
    assert dict(site_files(GUIDE, MADE_ON, "icb")) == files
    later = dict(site_files(GUIDE, date(2027, 1, 4), "icb"))
    assert b"Mon 4 Jan 2027" in later["index.html"]
    assert later["search-index.js"] == files["search-index.js"]


def test_a_changed_definition_changes_every_page_that_tells_of_it(files: dict[str, bytes]) -> None:
    first, *rest = GUIDE.tasks
    renamed = first.model_copy(update={"name": "Write <the> case anew"})
    changed = dict(site_files(replace(GUIDE, tasks=(renamed, *rest)), MADE_ON, "icb"))
    named = {name for name, text in files.items() if first.name.encode() in text}
    assert {"phase-p01.html", "role-practice-manager.html", "search-index.js"} <= named
    assert {name for name in files if files[name] != changed[name]} == named
    assert b"Write &lt;the&gt; case anew" in changed["phase-p01.html"]


def test_both_names_of_a_body_are_shown_and_found(files: dict[str, bytes]) -> None:
    old = dict(site_files(GUIDE, MADE_ON, "ccg"))
    assert b"<h1>Commissioner (ICB)</h1>" in files["role-commissioner.html"]
    assert b"<h1>Commissioner (CCG)</h1>" in old["role-commissioner.html"]
    assert b"Clinical Commissioning Group (CCG) may have a form" in old["phase-p01.html"]
    for index in (files["search-index.js"], old["search-index.js"]):
        rows = json.loads(index.decode().removeprefix("const GUIDE_ENTRIES = ").rstrip().rstrip(";"))
        commissioner = next(row for row in rows if row[2] == "role-commissioner.html")
        support = next(row for row in rows if row[3] == "T03-05" or "support person" in row[0])
        assert {"ccg", "icb"} <= set(commissioner[4].split()) & set(support[4].split())


def test_the_old_names_do_not_rewrite_what_the_editions_say() -> None:
    assert Names(GUIDE, "ccg").told("The ICBs and NHS England") == "The CCGs and NHS Digital"
    assert Names(GUIDE, "icb").told("The ICB") == "The ICB"
    old = dict(site_files(GUIDE, MADE_ON, "ccg"))
    assert b"2026: through the ICB" in old["editions.html"]


def test_a_service_level_and_an_unseen_requirement_say_how_little_they_are_worth(
    files: dict[str, bytes],
) -> None:
    assert b"How far service levels still hold" in files["phase-p06.html"]
    standard = files["data-migration-standard.html"].decode()
    assert standard.count('<span class="tag tag-warn">not assessed</span>') == len(GUIDE.dmi.requirements)


def test_every_page_leads_back_up() -> None:
    pages = tuple(all_pages(GUIDE, Names(GUIDE, "icb")))
    paths = [one.path for one in pages]
    assert len(paths) == len(set(paths))
    assert all(one.above in paths for one in pages[1:])


def test_the_bars_follow_each_other_and_fill_the_width() -> None:
    drawn = list(bars(GUIDE.phases))
    for one, following in pairwise(drawn):
        assert one.least <= one.most
        assert following.start == pytest.approx(one.start + one.most, abs=0.02)
    assert drawn[-1].start + drawn[-1].most == pytest.approx(100)


@pytest.mark.parametrize(
    ("clause", "told"),
    [
        ("by IDP - 15wd", "by 15 working days before initial data production"),
        ("by IDP - {extract_notice}", "by 15 working days before initial data production"),
        ("from FDP - 2d", "from 2 days before final data production"),
        ("from KO", "from kick-off"),
        ("on KO", "on the day of kick-off"),
        ("start on FDP", "starts on the day of final data production"),
        ("finish on GL", "ends on the day of go-live"),
        ("finish on GL + 7d", "ends 7 days after go-live"),
        ("start by GL", "starts by go-live"),
        ("within 2w of ORD", "within 2 weeks of the order"),
        ("on T08-05.start", "on the day T08-05 “Sign off the data” starts"),
        ("by T08-05.finish", "by the end of T08-05 “Sign off the data”"),
        ("within 1w of T08-05.finish", "within 1 week of the end of T08-05 “Sign off the data”"),
    ],
)
def test_a_timing_reads_as_people_say_it(clause: str, told: str) -> None:
    assert TELL.clause(Clause.parse(clause)) == told


@pytest.mark.parametrize(
    ("lasts", "told"),
    [
        ("0d", "done within the day"),
        ("5wd", "5 working days"),
        (["0wd", "0wd", "2wd"], "usually within the day, at most 2 working days"),
        (["0wd", "1wd", "2wd"], "usually 1 working day, at most 2 working days"),
        (["3wd", "{check_round}", "15wd"], "usually 5 working days, from 3 working days to 15 working days"),
        ("span", "from its start to its end, as the dates above say"),
    ],
)
def test_a_length_reads_as_people_say_it(lasts: object, told: str) -> None:
    assert TELL.lasts(Lasts.parse(lasts)) == told


def test_every_value_of_every_setting_has_words() -> None:
    for setting in GUIDE.settings:
        for value in setting.values:
            assert TELL.value(setting, value), setting.name
    assert TELL.whole() == "12 to 16 weeks"
    flu = TELL.setting("flu_season")
    assert TELL.value(flu, flu.chosen) == "1 Sep to 31 Dec"

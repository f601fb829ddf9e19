"""A TA's hour in a real browser: six students' written answers marked in formgrader, from their pages to the CSV."""

import csv
import os
import shutil
import socket
import subprocess
import sys
import time
import urllib.request

import pytest
from browser import ALONE, CHROMIUM
from selenium import webdriver
from selenium.webdriver.chrome.service import Service
from selenium.webdriver.common.by import By
from selenium.webdriver.support.wait import WebDriverWait

from autograder import assignment
from sample_class import written
from sample_class.course import make_course
from sample_class.students import Student
from theory.rubric import QUESTIONS, rubric

DRIVER = shutil.which("chromedriver")
KEY = "a-key-of-this-test"  # otherwise the server makes one and prints it
FLAGS = (
    *ALONE,
    "--headless=new",
    "--window-size=1400,1000",
    "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1",
)
PARTS = [part for question in QUESTIONS for part in rubric(question).parts]
NUMBERS = [f"40210010{number}" for number in range(1, 7)]
LATE = NUMBERS[-1]
SAID = dict(
    zip(
        NUMBERS,
        (
            "the student does not say which of them",
            "is a HEIC photograph",
            "page 2; is empty, or too faint",
            "All pages (40)",
            "The student names page",
            "cannot be opened",
        ),
        strict=True,
    )
)

pytestmark = pytest.mark.skipif(
    not (CHROMIUM and DRIVER), reason="no Chromium here (on Debian: apt-get install chromium chromium-driver)"
)


@pytest.fixture(scope="module")
def course(tmp_path_factory):
    """The six written works, collected and autograded; one of them late, with no free day left."""
    students = [
        Student(number, edit.__name__, edit.__name__, f"HW2-{edit.__name__}-{number}.zip", (edit,))
        for number, edit in zip(NUMBERS, written.SIX, strict=True)
    ]
    students[-1] = Student(**{**vars(students[-1]), "time": "2023-11-15T23:59:00+03:30"})
    course = make_course(tmp_path_factory.mktemp("marking") / "course", students)
    rows = [f"{LATE},hw{n},2023-0{n}-01T23:59+03:30,2023-0{n}-06T23:59+03:30\n" for n in (4, 5, 6, 7)]
    (course / "term.csv").write_text("student,assignment,deadline,time\n" + "".join(rows))
    run(course, "zip_collect", "hw2")
    run(course, "autograde", "hw2", "--notebook", "theory")
    return course


def run(course, *words):
    done = subprocess.run([sys.executable, "-m", "nbgrader", *words], cwd=course, capture_output=True, text=True)
    assert done.returncode == 0, done.stdout + done.stderr


@pytest.fixture(scope="module")
def formgrader(course):
    """The address of a running formgrader of the course."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    server = subprocess.Popen(
        [sys.executable, "-m", "autograder.cli", "--root", str(course), "mark", "--no-browser", f"--port={port}"],
        env=os.environ | {"JUPYTER_RUNTIME_DIR": str(course / "runtime"), "JUPYTER_TOKEN": KEY},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    address = f"http://127.0.0.1:{port}/formgrader"
    for _ in range(600):
        try:
            urllib.request.urlopen(address, timeout=5).close()
            break
        except OSError:
            assert server.poll() is None, "the Jupyter server did not start"
            time.sleep(0.5)
    yield address
    server.terminate()
    server.wait()


@pytest.fixture(scope="module")
def browser():
    options = webdriver.ChromeOptions()
    options.binary_location = CHROMIUM
    for flag in FLAGS:
        options.add_argument(flag)
    chromium = webdriver.Chrome(options=options, service=Service(DRIVER))
    yield chromium
    chromium.quit()


def pages_by_student(browser, formgrader):
    """Student -> the address of their theory in formgrader, as a TA finds it in the list of submissions."""
    found = {}
    for number in NUMBERS:
        browser.get(f"{formgrader}/manage_students/{number}/hw2")
        links = WebDriverWait(browser, 300).until(lambda b: b.find_elements(By.LINK_TEXT, "theory"))
        found[number] = links[0].get_attribute("href")
    return found


def open_page(browser, address):
    """Open a submission and wait until its marks are loaded and its formulas set."""
    browser.get(address)
    wait = WebDriverWait(browser, 300)
    wait.until(lambda b: len(b.find_elements(By.CSS_SELECTOR, "input.score")) == len(PARTS))
    wait.until(lambda b: b.execute_script("return window.MathJax && MathJax.Hub.queue.pending == 0"))
    wait.until(lambda b: b.execute_script("return formgrader.grades.loaded && formgrader.comments.loaded"))


def mark(browser, part, points, comment):
    """Type a mark and a comment, as a TA does, and wait until formgrader has saved them."""
    box = browser.find_element(By.ID, f"theory_{part.id}")
    browser.execute_script("arguments[0].scrollIntoView({block: 'center'})", box)
    box.send_keys(str(points))
    note = browser.find_element(By.ID, f"theory_{part.id}-comment")
    note.send_keys(comment)  # leaves the box, which saves it
    browser.execute_script("arguments[0].blur()", note)


def points_of(part, index):
    """A mark for each student that a TA could give: less for the later ones."""
    return max(0, part.points - index)


def test_a_ta_marks_six_written_works_and_every_point_arrives(course, formgrader, browser):
    browser.get(f"{formgrader}?token={KEY}")  # the address that the command prints
    addresses = pages_by_student(browser, formgrader)
    for index, number in enumerate(NUMBERS):
        open_page(browser, addresses[number])
        see(browser, number)
        for part in PARTS:
            mark(browser, part, points_of(part, index), f"{part.id}: seen by a TA")
        WebDriverWait(browser, 300).until(lambda b: b.execute_script("return $.active") == 0)
    run(course, "generate_feedback", "hw2")
    run(course, "export")
    with (course / "grades.csv").open(encoding="utf-8-sig") as file:
        rows = {row["student"]: row for row in csv.DictReader(file)}
    for index, number in enumerate(NUMBERS):
        total = sum(points_of(part, index) for part in PARTS)
        assert float(rows[number]["theory"]) == float(rows[number]["total"]) == total
        kept = 0.8 if number == LATE else 1.0  # two days late, nothing left of the term's 20
        assert float(rows[number]["final"]) == pytest.approx(total * kept)
        page = (course / "feedback" / number / assignment.NAME / "theory.html").read_text(encoding="utf-8")
        assert page.count("seen by a TA") == len(PARTS)
        assert "MARK SCHEME" not in page and "Model answer" not in page and "results/pages" not in page


def see(browser, number):
    """What a TA looks at: statement, marking scheme and pages of each part, the faults named, formulas set."""
    text = browser.execute_script("return document.getElementById('notebook-container').textContent")
    assert text.count("Model answer") == text.count("Points for") == len(PARTS)
    panels = browser.find_elements(By.CSS_SELECTOR, ".hw2-pages")
    assert len(panels) == len(PARTS)
    assert browser.find_elements(By.CSS_SELECTOR, ".MathJax")
    shown = browser.find_elements(By.CSS_SELECTOR, ".hw2-pages img")
    browser.execute_script("arguments[0].scrollIntoView()", shown[0])
    WebDriverWait(browser, 300).until(lambda b: b.execute_script("return arguments[0].naturalWidth > 500", shown[0]))
    beside = panels[0].location["x"] > browser.find_element(By.ID, "theory_1a").location["x"] + 100
    assert beside, "the pages stand beside the question"
    said = SAID[number]
    assert said in panels[0].text, panels[0].text[:500]

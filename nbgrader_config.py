"""How nbgrader works in this course folder: `nbgrader <verb> hw2`, with everything of autograder/ in force."""

from pathlib import Path

import nbgrader
from nbconvert.preprocessors import CSSHTMLHeaderPreprocessor
from nbgrader.coursedir import CourseDirectory
from nbgrader.preprocessors import (
    AssignLatePenalties,
    CheckCellMetadata,
    ClearHiddenTests,
    ClearMarkScheme,
    ClearOutput,
    ClearSolutions,
    ComputeChecksums,
    GetGrades,
    LockCells,
    SaveCells,
)

from autograder import assignment
from autograder.answers.changes import CHANGES
from autograder.answers.preprocessor import LayAnswers, SubmissionExporter
from autograder.collect.plugin import HomeworkCollector, HomeworkExtractor
from autograder.collect.publish import SAID
from autograder.examiner.execute import RunNotebook
from autograder.examiner.record import SaveMarks
from autograder.harmless.page import FeedbackPage
from autograder.harmless.preprocessor import MakeHarmless
from autograder.policy.late_feedback import TellLateness
from autograder.policy.late_plugin import HomeworkLate
from autograder.release.given import WriteGiven
from autograder.release.grader import TellGrader
from autograder.release.readme import WriteReadme
from autograder.release.strip import StripAnswers, StripModule
from autograder.report.export import MarksCsv
from autograder.result import RECORDS
from autograder.stubs import CODE_STUB, TEXT_STUB
from autograder.theory import FORMGRADER
from autograder.theory.show import HidePages, ShowPages

c = get_config()  # a name that nbgrader gives to this file

root = Path(__file__).resolve().parent
c.CourseDirectory.course_id = "deep-learning"
c.CourseDirectory.root = str(root)
# what collecting and grading note beside a submission goes neither into autograded/ nor into feedback/
c.CourseDirectory.ignore = [*CourseDirectory().ignore, *SAID, CHANGES, RECORDS, assignment.WRITTEN_PAGES]

# source -> release: nbgrader's steps in nbgrader's order, then the .py and what the course says
c.ClearSolutions.code_stub = {"python": CODE_STUB}
c.ClearSolutions.text_stub = TEXT_STUB
c.GenerateAssignment.preprocessors = [
    LockCells,
    ClearSolutions,
    StripAnswers,
    ClearOutput,
    CheckCellMetadata,
    ComputeChecksums,
    SaveCells,
    ClearHiddenTests,
    ClearMarkScheme,
    ComputeChecksums,
    CheckCellMetadata,
    StripModule,
    WriteReadme,
    TellGrader,
    WriteGiven,
]

# downloaded/hw2/archive/*.zip -> submitted
c.ZipCollectApp.extractor_plugin = HomeworkExtractor
c.ZipCollectApp.collector_plugin = HomeworkCollector
c.ZipCollectApp.force = True  # what it clears is made anew from archive/, which stays

# submitted -> autograded
c.Autograde.exporter_class = SubmissionExporter
c.Autograde.exclude_overwriting = {"hw2": ["fully_connected_networks.py"]}
# the metadata of every cell is source/'s own, checked on its way into release/: again would take seconds a student
c.Autograde.sanitize_preprocessors = [LayAnswers]
c.Autograde.autograde_preprocessors = [
    RunNotebook,
    ShowPages,
    SaveMarks,
    AssignLatePenalties,
    MakeHarmless,
]
c.RunNotebook.kernel_name = "hw2-sandbox"  # whose provisioner puts the student's process into a sandbox
c.RunNotebook.source = str(root / "source" / "hw2")
c.RunNotebook.data = str(root / "data")
# hidden inputs are drawn from secret.txt, made on first grading; c.RunNotebook.secret = "..." would be used instead
c.SaveMarks.rerun_rule = "zero"
c.AssignLatePenalties.plugin_class = HomeworkLate

# autograded -> feedback: a student sees each test's name, message and points, not its source
# (the late penalty is worked out anew, of the marks that a person gave in between too)
c.HTMLExporter.exclude_anchor_links = True  # a heading of an answer takes no id from formgrader's own fields
c.GenerateFeedback.exporter_class = FeedbackPage  # no script in it, and none that could run
c.GenerateFeedback.preprocessors = [
    AssignLatePenalties,
    TellLateness,
    GetGrades,
    HidePages,
    ClearHiddenTests,
    ClearMarkScheme,
    CSSHTMLHeaderPreprocessor,
]

# formgrader: formulas are set without the internet
_formgrader = Path(nbgrader.__file__).parent / "server_extensions" / "formgrader" / "templates"
c.HTMLExporter.extra_template_basedirs = [str(FORMGRADER), str(_formgrader)]

# gradebook -> CSV
c.ExportApp.plugin_class = MarksCsv

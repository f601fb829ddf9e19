"""Expectations of the rounds that turned out to be wrong, or were left open, each with the reason; the rounds stay."""

# where a round says that a file must not be there: nbgrader needs every file of the assignment in a submission, so it
# stands there as it was handed out, and a remark says that it is missing (the documentation said only the latter)
ABSENT = "as it was handed out, with a remark that it is missing"

# shape -> how its misses begin, and why they are none
JUDGED: dict[str, tuple[tuple[str, ...], str]] = {
    "listing_instead_of_times": (
        ("403100001: ", "403100002: ", "HW2 Ali 403100002.zip waits", "HW2-سارا احمدی-403100001.zip waits"),
        "its listing gives made-up sizes. A line of another size is about other bytes of this name, perhaps an earlier "
        "version: its time is not taken, which a note says, and by that of the file they are too late and wait; the "
        "documentation did not mention the size",
    ),
    "too_many_files": (
        ("403100006.zip does not wait", "403100006: has a submission"),
        "the 2,100 files lie in node_modules, which a system left there: work arrives whole in spite of them. The "
        "documentation did not say that such files are not counted",
    ),
    "renamed_to_other_student": (
        ("then 1: 403100001: has a submission",),
        "two students may have sent the same bytes, and what would take away a student's submission does not happen by "
        "itself (case U5): both count, with a remark on both and a note that says how to set the old one aside; the "
        "documentation did not except this",
    ),
    "folder_changed_by_hand": (
        ("then 1: 403100001.zip waits",),
        "both uploads would go into the folder that was changed by hand, so both wait; the shape leaves it open",
    ),
    "docx_called_zip": (
        ("HW2-403100002.zip has 4 entries",),
        "what an office program packs into its document are no files of the student's: the document has one fate, as "
        "under its own name; the documentation did not say so",
    ),
    "virtual_environment_of_another_name": (
        ("403100008.zip does not wait", "403100008: has a submission"),
        "the environment is known by its pyvenv.cfg, which the shape itself finds better: nothing below it is counted, "
        "and the work arrives",
    ),
    "two_times_for_one_upload": (
        ("refused: ",),
        "line 3 is refused by its number, which the shape finds as good; the documentation did not say so",
    ),
    "alone_twice_for_one_student": (
        ("refused: ",),
        "line 3 is refused by its number, as the shape lets it; the documentation said only 'one a student'",
    ),
}


def forgiven(name: str, miss: str) -> str:
    """Why a miss of a shape is none; empty when it is one."""
    begins, why = JUDGED.get(name, ((), ""))
    return why if miss.startswith(begins) and begins else ""

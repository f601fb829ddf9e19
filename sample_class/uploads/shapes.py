"""Uploads that are packed in every way: folders, copies, other names for notebooks, what lies beside them."""

from .changes import (
    NAME,
    PICTURE,
    Change,
    colab,
    colab_with_ids,
    cut_off,
    environment,
    hand_out_beside,
    old_format,
    older_version,
    pictures_only,
    renamed,
    same,
    twice,
    two_copies,
    with_files,
    with_mark,
    without,
)
from .kit import Kit
from .upload import ALL, MODULE, NETWORKS, SUPERVISED, THEORY, UNSUPERVISED, Upload


def _packed(
    number: str,
    situation: str,
    change: Change,
    remarks: tuple[str, ...] = (),
    found: frozenset[str] = ALL,
    folder: str = "HW2/",
    attachments: int = 0,
    loose: bool = False,
) -> Upload:
    """A complete upload after its files were changed."""

    def make(kit: Kit, upload: Upload) -> bytes:
        files = kit.files(number, NAME)
        change(kit, files)
        return kit.zip(files, folder)

    file = f"HW2-{NAME}-{number}.zip"
    return Upload(situation, number, NAME, file, make, found, remarks, attachments=attachments, loose=loose)


def _raw(number: str, situation: str, folder: bytes) -> Upload:
    def make(kit: Kit, upload: Upload) -> bytes:
        return kit.raw_zip({**kit.files(number, NAME), "answers.jpg": PICTURE}, folder)

    return Upload(situation, number, NAME, f"HW2-{NAME}-{number}.zip", make, attachments=1)


def _bare(number: str, situation: str, file: str, ending: str, missing: tuple[str, ...]) -> Upload:
    def make(kit: Kit, upload: Upload) -> bytes:
        return kit.files(number, NAME)[file]

    remarks = tuple(f"{name} is missing" for name in missing)
    upload = f"HW2-{NAME}-{number}{ending}"
    renamed = (f"{file}: taken from {upload!r}, recognised by its content",)
    return Upload(situation, number, NAME, upload, make, ALL - set(missing), renamed + remarks)


_PERSIAN = "تمرین دو"

SHAPES = (
    _packed("403200001", "no folder", same, folder=""),
    _packed("403200002", "many folders", same, folder="Desktop/دانشگاه/Deep Learning/HW2/final final/"),
    _packed(
        "403200003", "litter of macOS", with_files({"../__MACOSX/HW2/._theory.ipynb": b"\0\5\26\7" * 9, "._x.py": b"1"})
    ),
    _packed("403200004", "checkpoints of an older version", older_version),
    _raw("403200005", "a folder in code page 1256", _PERSIAN.replace("ی", "ي").encode("cp1256")),
    _raw("403200006", "a folder in code page 720", _PERSIAN.replace("ی", "ي").encode("cp720")),
    _raw("403200007", "a folder in UTF-8 without its flag", _PERSIAN.encode()),
    _packed(
        "403200008",
        "notebooks under names of their own",
        renamed(NETWORKS, "تمرین عملی.ipynb", SUPERVISED, "Untitled3.ipynb", UNSUPERVISED, "q2 part b.ipynb"),
        tuple(f"{name}: taken from" for name in (NETWORKS, SUPERVISED, UNSUPERVISED)),
    ),
    _packed(
        "403200009", "a numbered notebook", renamed(THEORY, "theory (1).ipynb"), ("'HW2/theory (1).ipynb', recogn",)
    ),
    _packed(
        "403200010",
        "Colab's copy without ids",
        colab,
        (f"{SUPERVISED}: taken from 'HW2/Copy of {SUPERVISED}', recognised by its content", "has lost its id"),
        loose=True,
    ),
    _packed(
        "403200011",
        "Colab's copies with nbgrader's metadata",
        colab_with_ids,
        tuple(f"{name}: taken from 'HW2/Copy of" for name in (NETWORKS, SUPERVISED, UNSUPERVISED, THEORY)),
        loose=True,
    ),
    _packed(
        "403200012",
        "two notebooks whose names are swapped",
        renamed(SUPERVISED, UNSUPERVISED, UNSUPERVISED, SUPERVISED),
        (f"{SUPERVISED}: taken from 'HW2/{UNSUPERVISED}'", f"{UNSUPERVISED}: taken from 'HW2/{SUPERVISED}'"),
    ),
    _packed(
        "403200013",
        "the hand-out beside the work",
        hand_out_beside,
        tuple(f"{name} is in it several times: 'HW2/my answers/{name}' counts" for name in ALL),
    ),
    _packed(
        "403200014",
        "an older copy in a folder",
        two_copies,
        (f"{SUPERVISED} is in it several times: 'HW2/{SUPERVISED}' counts, not 'HW2/old/{SUPERVISED}'",),
    ),
    _packed("403200015", "the same notebook twice", twice),
    _packed("403200016", "the .py as the homework spells it", renamed(MODULE, "fully-connected-networks.py")),
    _packed("403200017", "a numbered .py", renamed(MODULE, "fully_connected_networks (1).py"), (f"{MODULE}: taken",)),
    _packed("403200018", "a .py under another name", renamed(MODULE, "my_code.py"), (f"{MODULE}: taken from",)),
    _packed("403200019", "a .py that became text", renamed(MODULE, f"{MODULE}.txt"), (f"{MODULE}: taken from",)),
    _packed("403200020", "without the .py", without(MODULE), (f"{MODULE} is missing",), ALL - {MODULE}),
    _packed("403200021", "without a notebook", without(THEORY), (f"{THEORY} is missing",), ALL - {THEORY}),
    _packed(
        "403200022", "a notebook that became text", renamed(THEORY, "theory.ipynb.txt"), (f"{THEORY}: taken from",)
    ),
    _packed("403200023", "a notebook that became JSON", renamed(THEORY, "theory.json"), (f"{THEORY}: taken from",)),
    _packed("403200024", "a notebook without an ending", renamed(THEORY, "theory"), (f"{THEORY}: taken from",)),
    _packed("403200025", "a notebook that was cut off", cut_off, (f"{SUPERVISED} is not a notebook that can",)),
    _packed("403200026", "a byte order mark", with_mark),
    _packed("403200027", "nbformat 3", old_format, loose=True),
    _packed("403200028", "an environment and a repository", environment),
    _packed(
        "403200029", "an archive in the archive", with_files({"code.zip": b"PK\3\4"}), ("'HW2/code.zip' is an archive",)
    ),
    _packed(
        "403200030",
        "pictures of every kind",
        with_files(
            {"answers.PDF": b"%PDF-1.4", "1.HEIC": PICTURE, "2.webp": PICTURE, "3.JPG": PICTURE, "4.jpeg": PICTURE}
        ),
        attachments=5,
    ),
    _packed(
        "403200031",
        "pages beside the notebooks",
        with_files({"theory.html": b"<html>", "theory.pdf": b"%PDF"}),
        attachments=1,
    ),
    _packed("403200032", "paths of Windows", renamed(THEORY, f"theory\\{THEORY}")),
    _packed(
        "403200033",
        "a film that nobody needs",
        with_files({"screen.mp4": bytes(51 * 2**20)}),
        ("'HW2/screen.mp4' is larger",),
    ),
    _packed("403200034", "a notebook in capitals", renamed(SUPERVISED, SUPERVISED.upper())),
    _packed(
        "403200035",
        "nothing but written answers",
        pictures_only,
        tuple(f"{name} is missing" for name in ALL),
        frozenset(),
        attachments=1,
    ),
    _bare("403200036", "a notebook without a zip", SUPERVISED, ".ipynb", (NETWORKS, UNSUPERVISED, THEORY, MODULE)),
    _bare("403200037", "the .py without a zip", MODULE, ".py", (NETWORKS, SUPERVISED, UNSUPERVISED, THEORY)),
    _bare("403200038", "a notebook named zip", THEORY, ".zip", (NETWORKS, SUPERVISED, UNSUPERVISED, MODULE)),
)

"""Uploads whose names people spell in every way; the student number decides."""

from .upload import Upload, whole

_SARA, _ALI = "Sara Ahmadi", "علی رضایی"


def _named(number: str, situation: str, file: str, name: str = _SARA, remarks: tuple[str, ...] = ()) -> Upload:
    return Upload(situation, number, name, file, whole, remarks=remarks)


NAMED = (
    _named("403100001", "as the homework asks", "HW2-Sara Ahmadi-403100001.zip"),
    _named("403100002", "Persian digits and name", "HW۲-علی رضایی-۴۰۳۱۰۰۰۰۲.zip", _ALI),
    _named("403100003", "Arabic digits, Arabic yeh", "HW٢-علي رضايي-٤٠٣١٠٠٠٠٣.zip", _ALI),
    _named("403100004", "Arabic kaf against Persian keheh", "HW2-بابك كريمي-403100004.zip", "بابک کریمی"),
    _named("403100005", "a decomposed name", "HW2-آرش فرهنگی-403100005.zip", "آرش فرهنگی"),
    _named("403100006", "a non-joiner in the name", "HW2-علی\u200cرضا احمدی-403100006.zip", "علیرضا احمدی"),
    _named("403100007", "a joiner in the name", "HW2-علی\u200d رضایی-403100007.zip", _ALI),
    _named("403100008", "stretched letters", "HW2-عــلــی رضــایــی-403100008.zip", _ALI),
    _named(
        "403100009", "marks of direction about the number", "\u202bHW2-علی رضایی-\u200e403100009\u200f\u202c.zip", _ALI
    ),
    _named(
        "403100010", "hyphens in the name", "HW2-Ali-Reza-Sadr-Tabatabaei-403100010.zip", "Ali-Reza Sadr Tabatabaei"
    ),
    _named("403100011", "strokes below", "HW2_Sara_Ahmadi_403100011.zip"),
    _named("403100012", "lower case", "hw2-sara ahmadi-403100012.zip"),
    _named("403100013", "without the prefix", "Sara Ahmadi 403100013.zip"),
    _named("403100014", "downloaded a second time", "HW2-Sara Ahmadi-403100014 (1).zip"),
    _named("403100015", "a copy by Windows", "HW2-Sara Ahmadi-403100015 - Copy (2).zip"),
    _named("403100016", "number before name", "403100016-Sara Ahmadi-HW2.zip"),
    _named("403100017", "nothing between HW2 and the number", "HW2403100017SaraAhmadi.zip"),
    _named("403100018", "the number in groups", "HW2-Sara Ahmadi-403-100-018.zip"),
    _named("403100019", "a date in the name", "HW2 14020822 Sara Ahmadi 403100019.zip"),
    _named("403100020", "an ending in capitals", "HW2-Sara Ahmadi-403100020.ZIP"),
    _named("403100021", "the ending twice", "HW2-Sara Ahmadi-403100021.zip.zip"),
    _named("403100022", "in a folder that names the student", "403100022_Sara Ahmadi/homework.zip"),
    _named("403100023", "digits of full width", "HW2-Sara Ahmadi-４０３１０００２３.zip"),
    _named("403100024", "digits of three kinds", "HW2-Sara Ahmadi-403۱۰۰٠٢4.zip"),
    _named("403100025", "an invisible character in the number", "HW2-Sara Ahmadi-4031\u200b00025.zip"),
    _named("403100026", "a Persian name in Latin letters", "HW2-Ali Rezaei-403100026.zip", _ALI),
    _named("403100027", "the number only", "403100027.zip"),
    _named("403100028", "white space everywhere", " HW2 -  Sara   Ahmadi  - 403100028 .zip"),
    _named("403100029", "no ending", "HW2-Sara Ahmadi-403100029"),
    _named(
        "403100030",
        "another's name beside the number",
        "HW2-Mohammad Bozorgi-403100030.zip",
        remarks=("the upload's name says Mohammad Bozorgi, the roster says Sara Ahmadi",),
    ),
)

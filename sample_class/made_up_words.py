"""Explanations as students write them, in Persian and English, made by program; and copies of them in other words."""

import random
import re

_PERSIAN = (
    ("وقتی تعداد لایه‌ها بیشتر می‌شود", "با کوچک شدن مقیاس وزن‌ها", "در آزمایش‌های من", "اگر نرخ یادگیری زیاد باشد",
     "در چند ایپاک اول", "برای لایه‌های نزدیک به ورودی", "با پنج لایه‌ی مخفی", "در مقایسه با شبکه‌ی کم‌عمق"),
    ("گرادیان‌ها ضعیف‌تر به لایه‌های اول می‌رسند", "خطا تقریباً ثابت می‌ماند", "دقت آموزش دیرتر بالا می‌رود",
     "شبکه نوسان می‌کند", "همگرایی سریع‌تر است", "مدل داده‌ها را حفظ می‌کند", "فعال‌سازی‌ها به صفر نزدیک می‌شوند",
     "فاصله‌ی دقت آموزش و اعتبارسنجی کم می‌شود"),
    ("چون ضرب پی‌درپی عددهای کوچک آن را محو می‌کند", "زیرا هر نورون نمی‌تواند به همسایه‌اش تکیه کند",
     "و به نظرم علت آن مقدار اولیه‌ی وزن‌هاست", "که با فرمول جزوه هم سازگار است", "و این را با چند بذر تصادفی دیدم",
     "پس مقدار ۰٫۱ را انتخاب کردم", "به همین دلیل مومنتوم بهتر عمل کرد",
     "هرچند اثر آن در داده‌ی کم بیشتر دیده می‌شود"),
)  # fmt: skip
_ENGLISH = (
    ("With more layers", "For a small weight scale", "In most of my runs", "When the step is too large",
     "During the first epochs", "Compared with the shallow network", "On the validation digits",
     "After tuning the rate"),
    ("the gradient that reaches the first layer is weak", "the loss hardly moves", "training accuracy rises later",
     "the curve oscillates", "convergence is visibly faster", "the network memorises its digits",
     "activations shrink towards zero", "the gap to the validation curve gets smaller"),
    ("because small factors are multiplied again and again", "since no unit can rely on one partner",
     "which I think is due to the initial weights", "and that agrees with the derivation in the notes",
     "and I saw it for several seeds", "so I settled on one tenth", "which is why momentum did better",
     "although the effect is stronger with little data"),
)  # fmt: skip
_NOUNS = (
    "سیگنال",
    "بچ",
    "رگولاسیون",
    "واریانس",
    "مومنتوم",
    "بایاس",
    "ماسک",
    "آستانه",
    "برازش",
    "نویز",
    "دراپ‌اوت",
    "تابع هزینه",
)
_THINGS = (
    "signal",
    "batch",
    "penalty",
    "variance",
    "momentum",
    "bias",
    "mask",
    "threshold",
    "fit",
    "noise",
    "dropout",
    "cost",
)
_SYNONYMS = {
    "with": "having", "small": "tiny", "weak": "faint", "large": "big", "loss": "error", "network": "model",
    "faster": "quicker",
    "خطا": "هزینه", "شبکه": "مدل", "زیاد": "بزرگ", "سریع‌تر": "زودتر", "چون": "زیرا", "علت": "دلیل", "کم": "اندک",
}  # fmt: skip


def explanation(rng: random.Random, in_persian: bool) -> str:
    """Four to seven sentences."""
    openings, facts, reasons = _PERSIAN if in_persian else _ENGLISH
    nouns = _NOUNS if in_persian else _THINGS
    sentences = []
    for _ in range(rng.randrange(4, 8)):
        parts = [rng.choice(openings), rng.choice(facts), rng.choice(reasons)]
        numbers = f"({rng.choice(nouns)} {rng.randrange(2, 99)}، {rng.choice(nouns)} {rng.uniform(0, 3):.2f})"
        parts.insert(rng.randrange(1, 4), numbers if in_persian else numbers.replace("،", ","))
        sentences.append(" ".join(parts) + ".")
    return " ".join(sentences)


def copied_text(text: str, rng: random.Random) -> str:
    """The same sentences in another order, some words replaced, Arabic letters and other spacing."""
    sentences = [s for s in re.split(r"(?<=\.) ", text) if s]
    rng.shuffle(sentences)
    words = [
        _SYNONYMS.get(word.lower(), word) if rng.random() < 0.8 else word for word in " ".join(sentences).split(" ")
    ]
    made = " ".join(words)
    if rng.random() < 0.5:
        made = made.replace("ی", "ي").replace("ک", "ك").replace("\u200c", rng.choice(("", " ", "\u200c")))
    return made

"""Values in one spelling: a - b is a + (-1) b, x * x is x ** 2, x >= y is not (x < y), range(len(s)) runs over s."""

from collections import Counter

from .graph import Graph


class Algebra(Graph):
    """Makes nodes in a canonical form."""

    def add(self, *terms: int) -> int:
        """A sum of any number of terms, flat, its numbers added up."""
        flat = self._flat("add", terms)
        rest = [term for term in flat if term not in self.numbers]
        total = sum(self.numbers[term] for term in flat if term in self.numbers)
        if total or not rest:
            rest.append(self.constant(total))
        return rest[0] if len(rest) == 1 else self.node("add", *sorted(rest))

    def mult(self, *factors: int) -> int:
        """A product, flat, its numbers multiplied; equal factors become a power."""
        flat = self._flat("mult", factors)
        number = 1.0
        for factor in flat:
            number *= self.numbers.get(factor, 1.0)
        counts = Counter(factor for factor in flat if factor not in self.numbers)
        rest = [factor if n == 1 else self.power(factor, self.constant(n)) for factor, n in counts.items()]
        if number != 1 or not rest:
            rest.append(self.constant(number))
        return rest[0] if len(rest) == 1 else self.node("mult", *sorted(rest))

    def minus(self, value: int) -> int:
        """-value."""
        return self.mult(self.constant(-1), value)

    def power(self, base: int, exponent: int) -> int:
        """base ** exponent; powers of powers and of numbers are worked out."""
        outer = self.numbers.get(exponent)
        if outer is None:
            return self.node("power", base, exponent)
        if outer == 1:
            return base
        if self.labels[base] == "power" and self.kids[base][1] in self.numbers:
            inner = self.numbers[self.kids[base][1]]
            return self.power(self.kids[base][0], self.constant(inner * outer))
        value = self.numbers.get(base)
        if value is not None and 1e-9 < value < 1e9 and abs(outer) < 9:
            return self.constant(value**outer)
        return self.node("power", base, exponent)

    def negate(self, value: int) -> int:
        """not value."""
        return self.kids[value][0] if self.labels[value] == "not" else self.node("not", value)

    def compare(self, sign: str, left: int, right: int) -> int:
        """A comparison by its ast name, in terms of less, equal, in."""
        if sign in ("Lt", "Gt"):
            return self.node("less", *((left, right) if sign == "Lt" else (right, left)))
        if sign in ("LtE", "GtE"):
            return self.negate(self.compare("Lt" if sign == "GtE" else "Gt", left, right))
        if sign in ("In", "NotIn"):
            found = self.node("in", left, right)
            return found if sign == "In" else self.negate(found)
        same = self.node("equal", *sorted((left, right)))
        return same if sign in ("Eq", "Is") else self.negate(same)

    def select(self, condition: int, yes: int, no: int) -> int:
        """yes where the condition holds, no elsewhere."""
        if self.labels[condition] == "not":
            condition, yes, no = self.kids[condition][0], no, yes
        if condition in self.numbers:
            return yes if self.numbers[condition] else no
        if self.labels[condition] == "equal" and no in self.kids[condition] and self.labels[yes] == "dict":
            return no  # config = {} if config is None else config
        return yes if yes == no else self.node("select", condition, yes, no)

    def each(self, sequence: int) -> int:
        """What a loop over the sequence sees."""
        return self.node("each", sequence)

    def run(self, *limits: int) -> int:
        """range(...)."""
        if len(limits) == 3 and self.numbers.get(limits[2]) == 1:
            limits = limits[:2]
        if len(limits) == 2 and self.numbers.get(limits[0]) == 0:
            limits = limits[1:]
        return self.node("range", *limits)

    def backwards(self, sequence: int) -> int:
        """reversed(sequence); a range runs the other way."""
        limits, one = self.kids[sequence], self.constant(-1)
        if self.labels[sequence] != "range" or len(limits) > 2:
            return self.node("reversed", sequence)
        start, stop = (self.constant(0), *limits) if len(limits) == 1 else limits
        return self.run(self.add(stop, one), self.add(start, one), one)

    def index(self, base: int, key: int) -> int:
        """base[key]."""
        at = self.numbers.get(key)
        kids = self.kids[base]
        if at is not None and at.is_integer():
            if self.labels[base] in ("tuple", "list") and -len(kids) <= at < len(kids):
                return kids[int(at)]
            if self.labels[base] == "shape" and at == 0:
                return self.node("len", *kids)
            if self.labels[base] == "each" and 0 <= at < 9:
                return self._part_of_each(base, int(at))
        if self.labels[key] == "each" and self.kids[key][0] == self.run(self.node("len", base)):
            return self.each(base)
        return self.node("index", base, key)

    def _part_of_each(self, base: int, at: int) -> int:
        """One of several names of a loop: over zip(a, b) or enumerate(a)."""
        (source,) = self.kids[base]
        kids = self.kids[source]
        if self.labels[source] == "zip" and at < len(kids):
            return self.each(kids[at])
        if self.labels[source] == "enumerate" and len(kids) == 1 and at < 2:
            return self.each(kids[0]) if at else self.each(self.run(self.node("len", kids[0])))
        return self.node("index", base, self.constant(at))

    def _flat(self, label: str, kids: tuple[int, ...]) -> list[int]:
        """The operands, with those of an operand of the same kind in its place."""
        flat: list[int] = []
        for kid in kids:
            flat.extend(self.kids[kid] if self.labels[kid] == label and len(self.kids[kid]) < 30 else (kid,))
        return flat

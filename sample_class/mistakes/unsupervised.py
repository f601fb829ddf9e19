"""Mistakes in the data of the unsupervised notebook: loaders, masks, hybrids, negatives; with those of the layer."""

from ..edits import Edit, in_cell, whole_cell
from . import unsupervised_layer
from .mistake import UNSUPERVISED, Mistake


def _data(old: str, new: str) -> tuple[Edit]:
    return (in_cell(UNSUPERVISED, "mnist_loaders", old, new),)


def _mask(old: str, new: str) -> tuple[Edit]:
    return (in_cell(UNSUPERVISED, "make_mask", old, new),)


def _hybrid(new: str) -> tuple[Edit]:
    return (in_cell(UNSUPERVISED, "make_hybrid", "return mask * x1 + (1 - mask) * x2", new),)


def _negatives(old: str, new: str) -> tuple[Edit]:
    return (in_cell(UNSUPERVISED, "make_negatives", old, new),)


_BITS, _BLUR = "torch.randint(2, shape).float()", "blur_matrix(height).T @ bits @ blur_matrix(width)"
_MIXED = "make_hybrid(x, x.roll(shift, dims=0), masks)"
_MASKS = "make_mask((len(x), 28, 28)).flatten(1)"

MISTAKES = (
    Mistake(
        "unsupervised: images left as 28 by 28",
        UNSUPERVISED,
        _data("digits.data.reshape(len(digits), -1)", "digits.data"),
        ("mnist_loaders_shape",),
        hint="784",
    ),
    Mistake(
        "unsupervised: batch size fixed at 256",
        UNSUPERVISED,
        _data("batch_size, shuffle=train", "256, shuffle=train"),
        ("mnist_loaders_shape",),
        hint="batches of 37",
    ),
    Mistake(
        "unsupervised: pixels left from 0 to 255",
        UNSUPERVISED,
        _data(".float() / 255", ".float()"),
        ("mnist_loaders_values",),
        hint="from 0 to 255",
    ),
    Mistake(
        "unsupervised: training digits not shuffled",
        UNSUPERVISED,
        _data("shuffle=train", "shuffle=False"),
        ("mnist_loaders_shuffle",),
        hint="three different first batches",
    ),
    Mistake(
        "unsupervised: test loader goes through the training digits",
        UNSUPERVISED,
        _data("MNIST(root, train=train)", "MNIST(root, train=True)"),
        ("mnist_loaders_values",),
        ("mnist_loaders_*",),
        hint="test loader",
    ),
    Mistake(
        "mask blurred with zeros outside the border",
        UNSUPERVISED,
        _mask('(1, 1), mode="reflect")', "(1, 1))"),
        ("make_mask_borders",),
        hint="darken the border",
    ),
    Mistake(
        "mask blurred along rows only",
        UNSUPERVISED,
        _mask(_BLUR, "bits @ blur_matrix(width)"),
        ("make_mask_regions",),
        hint="both ways",
    ),
    Mistake(
        "mask blurred once, however many blurs are asked for",
        UNSUPERVISED,
        _mask("torch.linalg.matrix_power(once, blurs)", "once"),
        ("make_mask_regions", "make_mask_blurs"),
        hint="both ways",
    ),
    Mistake(
        "mask made of the bits before the blur",
        UNSUPERVISED,
        _mask("(blurred > 0.5)", "(bits > 0.5)"),
        ("make_mask_regions", "make_mask_blurs"),
        hint="both ways",
    ),
    Mistake(
        "number of blurs fixed at ten",
        UNSUPERVISED,
        _mask("matrix_power(once, blurs)", "matrix_power(once, 10)"),
        ("make_mask_blurs",),
        hint="just as many blurs",
    ),
    Mistake(
        "all blurs done once more for every blur",
        UNSUPERVISED,
        _mask("matrix_power(once, blurs)", "matrix_power(once, blurs * blurs)"),
        ("make_mask_not_coarse", "make_mask_blurs"),
        ("make_mask_fresh", "make_negatives_fresh", "make_negatives_partner"),
        hint="at least 1",
    ),
    Mistake(
        "mask not thresholded after the blur",
        UNSUPERVISED,
        _mask("(blurred > 0.5).float()", "blurred"),
        ("make_mask_binary",),
        hint="Threshold",
    ),
    Mistake(
        "mask of booleans, which the hybrid cannot subtract",
        UNSUPERVISED,
        _mask("(blurred > 0.5).float()", "blurred > 0.5"),
        ("make_mask_binary",),
        ("make_negatives_*", "unsupervised_net_*"),  # make_hybrid's 1 - mask raises, in the student's own cells too
        hint="1 - m",
    ),
    Mistake(
        "masks with a dimension for the channel",
        UNSUPERVISED,
        _mask("(blurred > 0.5).float()", "(blurred > 0.5).float()[:, None]"),
        ("make_mask_shape",),
        ("make_mask_*", "make_negatives_regions"),
        hint="shape (5, 28, 28)",
    ),
    Mistake(
        "one mask for all images of a call",
        UNSUPERVISED,
        _mask(_BITS, "torch.randint(2, (1, height, width)).float().expand(shape)"),
        ("make_mask_fresh",),
        hint="that are the same",
    ),
    Mistake(
        "the same masks in every call, by a seed inside make_mask",
        UNSUPERVISED,
        _mask("    bits = ", "    torch.manual_seed(0)\n    bits = "),
        ("make_mask_fresh",),
        hint="that are the same",
    ),
    Mistake(
        "mask drawn from normal numbers and thresholded at a half",
        UNSUPERVISED,
        _mask(_BITS, "torch.randn(shape)"),
        ("make_mask_share", "make_mask_not_coarse"),
        ("make_mask_blurs",),
        hint="% ones",
    ),
    Mistake(
        "blur kernel not divided by its sum",
        UNSUPERVISED,
        _mask("0.25, 0.5, 0.25", "1.0, 2.0, 1.0"),
        ("make_mask_share", "make_mask_not_coarse"),
        ("make_mask_blurs",),
        hint="% ones",
    ),
    Mistake(
        "mask is always the left half",
        UNSUPERVISED,
        (
            whole_cell(
                UNSUPERVISED,
                "make_mask",
                """
                def make_mask(shape, blurs=10):
                    masks = torch.zeros(shape)
                    masks[:, :, :14] = 1
                    return masks
                """,
            ),
        ),
        ("make_mask_fresh", "make_mask_share", "make_mask_borders", "make_mask_not_coarse", "make_mask_blurs"),
        hint="that are the same",
    ),
    Mistake(
        "hybrid takes x2 where the mask is one",
        UNSUPERVISED,
        _hybrid("return mask * x2 + (1 - mask) * x1"),
        ("make_hybrid_value",),
        hint="come from x1",
    ),
    Mistake(
        "second image of the hybrid not masked",
        UNSUPERVISED,
        _hybrid("return mask * x1 + x2"),
        ("make_hybrid_value",),
        ("make_negatives_pixels",),
        hint="the others from x2",
    ),
    Mistake(
        "hybrid is the mean of the two images",
        UNSUPERVISED,
        _hybrid("return (x1 + x2) / 2"),
        ("make_hybrid_value",),
        ("make_negatives_pixels",),
        hint="come from x1",
    ),
    Mistake(
        "hybrid written into x1",
        UNSUPERVISED,
        _hybrid("return x1.mul_(mask).add_((1 - mask) * x2)"),
        ("make_hybrid_keeps_inputs",),
        ("make_negatives_keeps_input",),
        hint="x1 afterwards",
    ),
    Mistake(
        "second image drawn by a random permutation",
        UNSUPERVISED,
        _negatives("x.roll(shift, dims=0)", "x[torch.randperm(len(x))]"),
        ("make_negatives_partner",),
        hint="permutation",
    ),
    Mistake(
        "second image may be moved by no place at all",
        UNSUPERVISED,
        _negatives("torch.randint(1, len(x), ())", "torch.randint(0, len(x), ())"),
        ("make_negatives_partner",),
        hint="one colour only",
    ),
    Mistake(
        "image mixed with itself",
        UNSUPERVISED,
        _negatives("x.roll(shift, dims=0)", "x"),
        ("make_negatives_partner",),
        hint="with itself",
    ),
    Mistake(
        "second image is the first one moved along its pixels",
        UNSUPERVISED,
        _negatives("dims=0", "dims=1"),
        ("make_negatives_pixels", "make_negatives_partner"),
        hint="same place in one of two images",
    ),
    Mistake(
        "negatives are noise",
        UNSUPERVISED,
        _negatives(_MIXED, "torch.rand_like(x)"),
        ("make_negatives_pixels", "make_negatives_regions"),
        hint="not those of two images",
    ),
    Mistake(
        "negatives returned as images of 28 by 28",
        UNSUPERVISED,
        _negatives(_MIXED, f"{_MIXED}.reshape(-1, 28, 28)"),
        ("make_negatives_pixels",),
        ("make_negatives_*", "unsupervised_net_*"),
        hint="shape (5, 784)",
    ),
    Mistake(
        "one mask for all rows of the negatives",
        UNSUPERVISED,
        _negatives("make_mask((len(x), 28, 28))", "make_mask((1, 28, 28))"),
        ("make_negatives_fresh",),
        hint="same mask",
    ),
    Mistake(
        "the same negatives in every call, by a seed inside make_negatives",
        UNSUPERVISED,
        _negatives("    masks = ", "    torch.manual_seed(0)\n    masks = "),
        ("make_negatives_fresh",),
        hint="cut by the same mask",
    ),
    Mistake(
        "negatives cut by random bits, not by make_mask",
        UNSUPERVISED,
        _negatives(_MASKS, "torch.randint(2, x.shape).float()"),
        ("make_negatives_regions",),
        hint="small region",
    ),
    Mistake(
        "masks drawn over the rows of the batch, not over images",
        UNSUPERVISED,
        _negatives(_MASKS, "make_mask((1, *x.shape))[0]"),
        ("make_negatives_regions",),
        ("make_negatives_fresh",),
        hint="along its columns",
    ),
    Mistake(
        "negatives written into the positive data",
        UNSUPERVISED,
        _negatives(_MIXED, f"x.copy_({_MIXED})"),
        ("make_negatives_keeps_input",),
        hint="x afterwards",
    ),
    *unsupervised_layer.MISTAKES,
)

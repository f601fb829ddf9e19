"""Fully connected networks, their gradients, three update rules beside plain SGD and dropout, written by hand.

Write only between the two lines of a BLOCK; what stands outside them is given, and is put back when you hand in.
The point is to write backpropagation: a block that gets its gradients from autograd, or its update from torch.optim,
earns nothing. Other functions of torch are welcome. Everything must work on the dtype and device of its inputs.
Every function leaves its input tensors as they were (an update rule may change `w`, nothing else).
A NamedTuple counts as a tuple, a defaultdict as a dict, and one element as a number.

Letters: N rows of a batch, D features, H hidden units, M outputs of a layer, C classes, L layers, W weights, b biases.
A cache is whatever your forward wants to hand to your backward; the documented one is a proposal.
"""

import torch
from libs import Solver


class Linear:
    """A linear layer: out = x w + b, with each example of x flattened to a row of D numbers."""

    @staticmethod
    def forward(x, w, b):
        """Outputs (N, M) for x (N, d1, ..., dk), w (D, M), b (M,), where D = d1 * ... * dk; cache = (x, w, b).

        x need not be contiguous in memory: it may be a transposed or sliced view.
        """
        # BLOCK linear_forward: write your code between these two lines.
        # YOUR CODE HERE
        raise NotImplementedError("this part is still to be written: replace this line with your code")
        # END OF BLOCK linear_forward
        cache = (x, w, b)
        return out, cache

    @staticmethod
    def backward(dout, cache):
        """Gradients of the loss: dx of the shape of x, dw (D, M), db (M,), from dout = dL/dout (N, M).

        dL/dx_nd = sum_m dL/dout_nm w_dm, over all outputs that this number of x reaches. Derive the other two like it.
        """
        # BLOCK linear_backward: write your code between these two lines. cache is what your forward returned.
        # YOUR CODE HERE
        raise NotImplementedError("this part is still to be written: replace this line with your code")
        # END OF BLOCK linear_backward
        return dx, dw, db


class ReLU:
    """The rectifier, element by element: out = max(0, x)."""

    @staticmethod
    def forward(x):
        """Outputs of the shape of x, any shape; cache = x. x itself keeps its negative entries."""
        # BLOCK relu_forward: write your code between these two lines.
        # YOUR CODE HERE
        raise NotImplementedError("this part is still to be written: replace this line with your code")
        # END OF BLOCK relu_forward
        cache = x
        return out, cache

    @staticmethod
    def backward(dout, cache):
        """Gradient dx of the shape of x: dL/dx_i = dL/dout_i where x_i > 0, and 0 where x_i < 0.

        At x_i = 0 the rectifier has no derivative; any finite value between these two will do.
        """
        x = cache
        # BLOCK relu_backward: write your code between these two lines.
        # YOUR CODE HERE
        raise NotImplementedError("this part is still to be written: replace this line with your code")
        # END OF BLOCK relu_backward
        return dx


class Linear_ReLU:
    """A linear layer and then a rectifier: the hidden layer of every network below."""

    @staticmethod
    def forward(x, w, b):
        """Outputs max(0, x w + b) (N, M), shapes as in Linear; cache = the caches of both halves."""
        # BLOCK linear_relu_forward: write your code between these two lines.
        # YOUR CODE HERE
        raise NotImplementedError("this part is still to be written: replace this line with your code")
        # END OF BLOCK linear_relu_forward
        return out, cache

    @staticmethod
    def backward(dout, cache):
        """Gradients (dx, dw, db) by the chain rule, shapes as in Linear."""
        # BLOCK linear_relu_backward: write your code between these two lines.
        # YOUR CODE HERE
        raise NotImplementedError("this part is still to be written: replace this line with your code")
        # END OF BLOCK linear_relu_backward
        return dx, dw, db


def softmax_loss(x, y):
    """Cross-entropy of softmax(x) for scores x (N, C) and labels y (N,): (loss, dx), dx (N, C).

    loss = mean over n of -log p_n,y_n with p_nc = exp(x_nc) / sum_k exp(x_nk), and dL/dx_nc = (p_nc - [c = y_n]) / N.
    Loss and dx must be finite and right for scores of any size up to 1e4, where exp overflows.
    """
    # BLOCK softmax_loss: write your code between these two lines.
    # YOUR CODE HERE
    raise NotImplementedError("this part is still to be written: replace this line with your code")
    # END OF BLOCK softmax_loss
    return loss, dx


class TwoLayerNet:
    """linear - ReLU - linear - softmax, with its own loss and gradients; it is trained by a Solver.

    `params` is a dict of tensors: W1 (D, H), b1 (H,), W2 (H, C), b2 (C,).
    """

    def __init__(
        self,
        input_dim=3 * 32 * 32,
        hidden_dim=100,
        num_classes=10,
        weight_scale=1e-3,
        reg=0.0,
        dtype=torch.float32,
        device="cpu",
    ):
        """Weights are normal with mean 0 and standard deviation weight_scale, biases are 0, all of dtype on device."""
        self.params = {}
        self.reg = reg
        # BLOCK two_layer_init: write your code between these two lines. Fill self.params.
        # YOUR CODE HERE
        raise NotImplementedError("this part is still to be written: replace this line with your code")
        # END OF BLOCK two_layer_init

    def loss(self, X, y=None):
        """Scores (N, C) of X (N, d1, ..., dk) when y is None; otherwise (loss, grads), grads with the keys of params.

        Here the L2 term of the loss is reg * (sum of W1**2 + sum of W2**2), WITHOUT a factor of 0.5; biases are free.
        """
        # BLOCK two_layer_scores: write your code between these two lines.
        # YOUR CODE HERE
        raise NotImplementedError("this part is still to be written: replace this line with your code")
        # END OF BLOCK two_layer_scores
        if y is None:
            return scores
        # BLOCK two_layer_loss: write your code between these two lines.
        # YOUR CODE HERE
        raise NotImplementedError("this part is still to be written: replace this line with your code")
        # END OF BLOCK two_layer_loss
        return loss, grads

    def save(self, path):
        """Write reg and params to a file (given)."""
        torch.save({"reg": self.reg, "params": self.params}, path)

    def load(self, path, dtype, device):
        """Read what save wrote, as dtype on device (given)."""
        saved = torch.load(path, map_location=device, weights_only=True)
        self.reg = saved["reg"]
        self.params = {name: tensor.to(device=device, dtype=dtype) for name, tensor in saved["params"].items()}


class FullyConnectedNet:
    """(linear - ReLU - [dropout]) x (L - 1) - linear - softmax, with its own loss and gradients.

    `params` is a dict of tensors: W1, b1, ..., WL, bL, where L = len(hidden_dims) + 1.
    """

    def __init__(
        self,
        hidden_dims,
        input_dim=3 * 32 * 32,
        num_classes=10,
        dropout=0.0,
        reg=0.0,
        weight_scale=1e-2,
        seed=None,
        dtype=torch.float,
        device="cpu",
    ):
        """Every layer's weights are normal, mean 0 and standard deviation weight_scale; biases are 0.

        dropout: the probability p to DROP a hidden unit; 0 means no dropout layers.
        seed: handed to every dropout layer, so that its mask repeats and gradients can be checked numerically.
        """
        self.params = {}
        self.reg = reg
        self.dtype = dtype
        self.num_layers = 1 + len(hidden_dims)
        self.use_dropout = dropout != 0
        self.dropout_param = {"mode": "train", "p": dropout}
        if seed is not None:
            self.dropout_param["seed"] = seed
        # BLOCK fully_connected_init: write your code between these two lines. Fill self.params.
        # YOUR CODE HERE
        raise NotImplementedError("this part is still to be written: replace this line with your code")
        # END OF BLOCK fully_connected_init

    def loss(self, X, y=None):
        """Scores (N, C) of X (N, d1, ..., dk) when y is None; otherwise (loss, grads), grads with the keys of params.

        Here the L2 term of the loss is 0.5 * reg * (sum of W**2 over all weights), WITH a factor of 0.5; biases are
        free. Dropout follows every ReLU when self.use_dropout; without y it is in test mode, where it changes nothing.
        """
        X = X.to(self.dtype)
        self.dropout_param["mode"] = "test" if y is None else "train"
        # BLOCK fully_connected_scores: write your code between these two lines.
        # YOUR CODE HERE
        raise NotImplementedError("this part is still to be written: replace this line with your code")
        # END OF BLOCK fully_connected_scores
        if y is None:
            return scores
        # BLOCK fully_connected_loss: write your code between these two lines.
        # YOUR CODE HERE
        raise NotImplementedError("this part is still to be written: replace this line with your code")
        # END OF BLOCK fully_connected_loss
        return loss, grads

    def save(self, path):
        """Write the settings and params to a file (given)."""
        names = ("reg", "num_layers", "use_dropout", "dropout_param", "params")
        torch.save({name: getattr(self, name) for name in names}, path)

    def load(self, path, dtype, device):
        """Read what save wrote, as dtype on device (given)."""
        saved = torch.load(path, map_location=device, weights_only=True)
        params = saved.pop("params")
        for name, value in saved.items():
            setattr(self, name, value)
        self.dtype = dtype
        self.params = {name: tensor.to(device=device, dtype=dtype) for name, tensor in params.items()}


def create_solver_instance(data_dict, dtype, device):
    """A Solver, not yet trained, on a TwoLayerNet of dtype on device; the notebook says what it has to reach.

    data_dict: X_train (N, D), y_train (N,), X_val, y_val; ten classes. Take D from the data.
    Choose hidden_dim, weight_scale, reg, the update rule, its learning rate, batch_size, num_epochs, lr_decay.
    """
    # BLOCK create_solver_instance: write your code between these two lines.
    # YOUR CODE HERE
    raise NotImplementedError("this part is still to be written: replace this line with your code")
    # END OF BLOCK create_solver_instance
    return solver


def get_three_layer_network_params():
    """(weight_scale, learning_rate) with which FullyConnectedNet([100, 100]) learns 50 digits by heart.

    Plain SGD, batches of 25, 20 epochs: 100 % training accuracy, from most random starts and not by luck from one.
    """
    # BLOCK three_layer_params: write your code between these two lines.
    # YOUR CODE HERE
    raise NotImplementedError("this part is still to be written: replace this line with your code")
    # END OF BLOCK three_layer_params
    return weight_scale, learning_rate


def get_five_layer_network_params():
    """(weight_scale, learning_rate) with which FullyConnectedNet([100, 100, 100, 100]) learns 50 digits by heart.

    Plain SGD, batches of 25, 20 epochs: 100 % training accuracy, from most random starts and not by luck from one.
    """
    # BLOCK five_layer_params: write your code between these two lines.
    # YOUR CODE HERE
    raise NotImplementedError("this part is still to be written: replace this line with your code")
    # END OF BLOCK five_layer_params
    return weight_scale, learning_rate


def sgd(w, dw, config=None):
    """Plain gradient descent (given): next_w = w - learning_rate * dw; learning_rate 1e-2 unless config has it."""
    config = {} if config is None else config
    config.setdefault("learning_rate", 1e-2)
    return w - config["learning_rate"] * dw, config


def sgd_momentum(w, dw, config=None):
    """SGD with momentum, w and dw of one shape: v = momentum * v - learning_rate * dw, next_w = w + v.

    config: learning_rate (1e-2), momentum (0.9), velocity (v of the shape of w; zeros). Absent keys take the values
    in brackets. The config that you return must hold the new velocity: the next step gets it.
    """
    config = {} if config is None else config
    # BLOCK sgd_momentum: write your code between these two lines.
    # YOUR CODE HERE
    raise NotImplementedError("this part is still to be written: replace this line with your code")
    # END OF BLOCK sgd_momentum
    return next_w, config


def rmsprop(w, dw, config=None):
    """RMSProp: c = decay_rate * c + (1 - decay_rate) * dw**2, next_w = w - learning_rate * dw / (sqrt(c) + epsilon).

    config: learning_rate (1e-2), decay_rate (0.99), epsilon (1e-8, outside the root), cache (c of the shape of w;
    zeros). Absent keys take the values in brackets. The config that you return must hold the new cache.
    """
    config = {} if config is None else config
    # BLOCK rmsprop: write your code between these two lines.
    # YOUR CODE HERE
    raise NotImplementedError("this part is still to be written: replace this line with your code")
    # END OF BLOCK rmsprop
    return next_w, config


def adam(w, dw, config=None):
    """Adam: t = t + 1, m = beta1 * m + (1 - beta1) * dw, v = beta2 * v + (1 - beta2) * dw**2, and with the bias
    corrected, m' = m / (1 - beta1**t), v' = v / (1 - beta2**t): next_w = w - learning_rate * m' / (sqrt(v') + epsilon).

    config: learning_rate (1e-3), beta1 (0.9), beta2 (0.999), epsilon (1e-8, outside the root), m and v (of the shape
    of w; zeros), t (0, raised before it is used). Absent keys take the values in brackets. The config that you return
    must hold the new t, and the new m and v without their correction.
    """
    config = {} if config is None else config
    # BLOCK adam: write your code between these two lines.
    # YOUR CODE HERE
    raise NotImplementedError("this part is still to be written: replace this line with your code")
    # END OF BLOCK adam
    return next_w, config


class Dropout:
    """Inverted dropout: in training each entry is dropped with probability p and the others grow by 1 / (1 - p)."""

    @staticmethod
    def forward(x, dropout_param):
        """Outputs of the shape of x, any shape; cache = (dropout_param, mask).

        dropout_param: p (the probability to DROP, 0 <= p < 1), mode ("train" or "test") and perhaps seed. Every entry
        of x has its own fate, in every call anew. With a seed, call torch.manual_seed(seed) before you draw, so that
        the mask repeats. In test mode out = x and mask = None.
        """
        # BLOCK dropout_forward: write your code between these two lines.
        # YOUR CODE HERE
        raise NotImplementedError("this part is still to be written: replace this line with your code")
        # END OF BLOCK dropout_forward
        cache = (dropout_param, mask)
        return out, cache

    @staticmethod
    def backward(dout, cache):
        """Gradient dx of the shape of x: the derivative of what forward did, with the same mask; test mode: dout."""
        dropout_param, mask = cache
        # BLOCK dropout_backward: write your code between these two lines.
        # YOUR CODE HERE
        raise NotImplementedError("this part is still to be written: replace this line with your code")
        # END OF BLOCK dropout_backward
        return dx

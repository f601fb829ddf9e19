"""Right ways to write Linear, ReLU and Linear_ReLU: other products, loops, libraries, precisions, layouts."""

from .right import module

_PRODUCTS = (
    module(
        "linear layer by tensordot and einsum",
        linear_forward="out = torch.tensordot(x.flatten(1), w, dims=1).add(b)",
        linear_backward="""
        x, w, b = cache
        dx = torch.einsum("nm,dm->nd", dout, w).view(x.shape)
        dw = torch.einsum("nd,nm->dm", x.flatten(1), dout)
        db = torch.einsum("nm->m", dout)
        """,
    ),
    module(
        "linear layer in a loop over its outputs",
        linear_forward="""
        rows = x.reshape(len(x), -1)
        columns = []
        for m in range(w.shape[1]):
            columns.append((rows * w[:, m]).sum(1) + b[m])
        out = torch.stack(columns, 1)
        """,
    ),
    module(
        "gradients of the linear layer added up example by example",
        linear_backward="""
        x, w, b = cache
        dx, dw, db = [], 0 * w, 0 * b
        for example, d in zip(x, dout):
            dx.append((w @ d).reshape(example.shape))
            dw = dw + example.reshape(-1, 1) * d
            db = db + d
        dx = torch.stack(dx)
        """,
    ),
    module(
        "bias as one more row of the weights",
        linear_forward="""
        rows = torch.cat([x.reshape(len(x), -1), torch.ones(len(x), 1, dtype=x.dtype)], dim=1)
        out = rows @ torch.vstack([w, b])
        """,
        linear_backward="""
        x, w, b = cache
        rows = torch.cat([x.reshape(len(x), -1), torch.ones(len(x), 1, dtype=x.dtype)], dim=1)
        both = rows.T @ dout
        dw, db = both[:-1], both[-1]
        dx = (dout @ torch.vstack([w, b]).T)[:, :-1].reshape(x.shape)
        """,
    ),
    module(
        "addmm and baddbmm",
        linear_forward="out = torch.addmm(b, x.contiguous().view(x.size(0), -1), w)",
        linear_backward="""
        x, w, b = cache
        dx = torch.bmm(dout[None], w.t()[None])[0].view(x.size())
        dw = torch.addmm(torch.zeros_like(w), x.contiguous().view(x.size(0), -1).t(), dout)
        db = torch.mv(dout.t(), dout.new_ones(dout.size(0)))
        """,
    ),
    module(
        "layers from torch.nn.functional",
        linear_forward="out = torch.nn.functional.linear(x.flatten(start_dim=1), w.T, b)",
        relu_forward="out = torch.nn.functional.relu(x)",
        relu_backward="dx = torch.nn.functional.threshold(x, 0, 0).sign() * dout",
    ),
    module(
        "layers through numpy, in float64, and back",
        linear_forward="""
        import numpy as np
        rows = x.detach().cpu().numpy().reshape(len(x), -1).astype(np.float64)
        out = torch.from_numpy(rows @ w.numpy() + b.numpy()).to(x.dtype)
        """,
        linear_backward="""
        import numpy as np
        x, w, b = cache
        d = dout.numpy()
        dx = torch.from_numpy(np.dot(d, w.numpy().T).reshape(x.shape))
        dw = torch.tensor(np.dot(x.numpy().reshape(len(x), -1).T, d))
        db = torch.as_tensor(np.sum(d, axis=0))
        """,
        relu_forward="""
        import numpy as np
        out = torch.from_numpy(np.maximum(x.numpy(), 0))
        """,
        relu_backward="""
        import numpy as np
        dx = torch.from_numpy(np.where(x.numpy() > 0, dout.numpy(), 0)).to(dout.dtype)
        """,
    ),
    module(
        "float64 inside the layers, the caller's dtype outside",
        linear_forward="out = (x.double().reshape(len(x), -1) @ w.double() + b.double()).to(x.dtype)",
        linear_backward="""
        x, w, b = cache
        fine = dout.double()
        dx = (fine @ w.double().T).reshape(x.shape).type_as(x)
        dw = (x.double().reshape(len(x), -1).T @ fine).type_as(w)
        db = fine.sum(0).type_as(b)
        """,
        relu_backward="dx = (dout.double() * (x > 0).double()).to(dout.dtype)",
    ),
    module(
        "results of all layers left in float64",
        linear_forward="out = x.double().reshape(len(x), -1) @ w.double() + b.double()",
        linear_backward="""
        x, w, b = (tensor.double() for tensor in cache)
        dout = dout.double()
        dx, dw, db = (dout @ w.T).reshape(x.shape), x.reshape(len(x), -1).T @ dout, dout.sum(0)
        """,
        relu_forward="out = x.double().relu()",
        relu_backward="dx = dout.double() * (x > 0)",
    ),
)

_LAYOUTS = (
    module(
        "results that are transposed views",
        linear_forward="out = (w.T @ x.reshape(x.shape[0], -1).T).T.add(b)",
        linear_backward="""
        x, w, b = cache
        dx = (w @ dout.T).T.reshape(x.shape)
        dw = (dout.T @ x.reshape(x.shape[0], -1)).T
        db = dout.sum(dim=0, keepdim=True).expand(3, -1)[1]
        """,
        relu_forward="out = x.T.clamp(min=0).T if x.dim() == 2 else x.clamp(min=0)",
    ),
    module(
        "results that are every other column of a larger buffer",
        linear_forward="""
        buffer = torch.full((len(x), 2 * w.shape[1]), float("nan"), dtype=x.dtype)
        out = buffer[:, ::2]
        out.copy_(x.reshape(len(x), -1) @ w)
        out += b
        """,
        relu_forward="""
        buffer = torch.stack([x, x.new_zeros(()).expand_as(x)], dim=-1)
        buffer[..., 1] = x.abs()
        out = buffer.mean(dim=-1)  # (x + |x|) / 2
        """,
    ),
    module(
        "linear layer under no_grad, with detached inputs",
        linear_forward="""
        with torch.no_grad():
            out = x.detach().reshape(x.shape[0], -1) @ w.detach() + b.detach()
        """,
        linear_backward="""
        with torch.no_grad():
            x, w, b = [tensor.data for tensor in cache]
            dx = (dout @ w.T).reshape(x.shape)
            dw = x.reshape(x.shape[0], -1).T @ dout
            db = dout.sum(dim=0)
        """,
    ),
    module(
        "linear layer in inference mode",
        linear_forward="""
        with torch.inference_mode():
            out = x.reshape(x.shape[0], -1) @ w + b
        """,
    ),
    module(
        "tensors sent to a device and a dtype inside the blocks",
        linear_forward="out = x.to(w.device).to(w.dtype).reshape(x.shape[0], -1).to('cpu') @ w.cpu() + b.to(w.device)",
        relu_forward="out = torch.max(x, torch.tensor(0.0).to(x.device, x.dtype))",
        relu_backward="dx = dout * (x > 0).float().to(dout.device)",
    ),
)

_RELU = (
    module("half of dout where ReLU's x is 0", relu_backward="dx = dout * (x.sign() + 1) / 2"),
    module("all of dout where ReLU's x is 0", relu_backward="dx = dout.masked_fill(x < 0, 0)"),
    module(
        "ReLU as a product and by heaviside",
        relu_forward="out = x * (x > 0)",
        relu_backward="dx = torch.heaviside(x, torch.zeros(1, dtype=x.dtype)).mul(dout)",
    ),
    module(
        "ReLU in place on copies, row by row",
        relu_forward="""
        out = x.clone()
        for row in out:
            row[row < 0] = 0
        """,
        relu_backward="""
        dx = torch.zeros_like(dout)
        keep = x > 0
        dx[keep] = dout[keep]
        """,
    ),
    module(
        "ReLU by choosing from a list",
        relu_forward="out = torch.stack([torch.zeros_like(x), x]).amax(dim=0)",
        relu_backward="dx = torch.stack([torch.zeros_like(dout), dout]).gather(0, (x > 0).long()[None])[0]",
    ),
)

LAYERS = (*_PRODUCTS, *_LAYOUTS, *_RELU)

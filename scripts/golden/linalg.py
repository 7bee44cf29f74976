"""Right values of linear algebra, as lib/src/tensor/linalg/golden/linalg.json holds them. Needs numpy and jax.

    python3 scripts/golden/linalg.py > lib/src/tensor/linalg/golden/linalg.json
"""

import json

import jax
import jax.numpy as jnp
import numpy as np

jax.config.update("jax_enable_x64", True)
rng = np.random.default_rng(16)

square = rng.normal(size=(5, 5))
stack = rng.normal(size=(2, 4, 4))
tall = rng.normal(size=(6, 3))
wide = rng.normal(size=(3, 5))
root = rng.normal(size=(5, 5))
definite = root @ root.T + np.eye(5)
symmetric = root + root.T
vector = rng.normal(size=5)
right = rng.normal(size=(5, 2))
low_rank = tall @ wide  # 6 x 5 of rank 3
observed = rng.normal(size=(6, 2))

# Results whose signs are free are compared by what they make up again; their gradients by functions
# that signs do not change.
values = {
    "solve(square, vector)": np.linalg.solve(square, vector),
    "solve(square, right)": np.linalg.solve(square, right),
    "inv(square)": np.linalg.inv(square),
    "inv(stack)": np.linalg.inv(stack),
    "det(stack)": np.linalg.det(stack),
    "slogdet(stack).sign": np.linalg.slogdet(stack)[0],
    "slogdet(stack).logAbsDet": np.linalg.slogdet(stack)[1],
    "cholesky(definite)": np.linalg.cholesky(definite),
    "qr(tall).q": np.linalg.qr(tall)[0],
    "qr(tall).r": np.linalg.qr(tall)[1],
    "qr(wide).q": np.linalg.qr(wide)[0],
    "qr(wide).r": np.linalg.qr(wide)[1],
    "qr(square).r": np.linalg.qr(square)[1],
    "eigh(symmetric).eigenvalues": np.linalg.eigh(symmetric)[0],
    "svd(tall).s": np.linalg.svd(tall)[1],
    "svd(wide).s": np.linalg.svd(wide)[1],
    "svd(lowRank).s": np.linalg.svd(low_rank)[1],
    "pinv(tall)": np.linalg.pinv(tall),
    "pinv(lowRank)": np.linalg.pinv(low_rank, rcond=1e-12),
    "matrixRank(lowRank)": np.linalg.matrix_rank(low_rank),
    "lstsq(tall, observed)": np.linalg.lstsq(tall, observed, rcond=None)[0],
    "lstsq(lowRank, observed)": np.linalg.lstsq(low_rank, observed, rcond=1e-12)[0],
    "matrixPower(square, 5)": np.linalg.matrix_power(square, 5),
    "matrixPower(square, -2)": np.linalg.matrix_power(square, -2),
}


def weighted(x):
    """A sum in which every element counts otherwise."""
    return jnp.sum(x * jnp.sin(1.0 + jnp.arange(x.size).reshape(x.shape)))


def symmetrized(f):
    return lambda a: f((a + a.T) / 2)


gradients = {
    "solve": (lambda a: weighted(jnp.linalg.solve(a, right)), square),
    "inv": (lambda a: weighted(jnp.linalg.inv(a)), square),
    "det": (jnp.linalg.det, square),
    "slogdet": (lambda a: jnp.linalg.slogdet(a)[1], square),
    "cholesky": (symmetrized(lambda a: weighted(jnp.linalg.cholesky(a))), definite),
    "qr": (lambda a: weighted(jnp.linalg.qr(a)[0]) + weighted(jnp.linalg.qr(a)[1]), tall),
    "eigh": (
        symmetrized(lambda a: weighted(jnp.linalg.eigh(a)[0]) + weighted(jnp.linalg.eigh(a)[1] ** 2)),
        symmetric,
    ),
    "svd": (
        lambda a: weighted(jnp.linalg.svd(a, full_matrices=False)[1])
        + weighted(jnp.linalg.svd(a, full_matrices=False)[0] ** 2)
        + weighted(jnp.linalg.svd(a, full_matrices=False)[2] ** 2),
        tall,
    ),
    "pinv": (lambda a: weighted(jnp.linalg.pinv(a)), tall),
    "triangularSolve": (
        lambda a: weighted(jax.scipy.linalg.solve_triangular(a, right, lower=True)),
        np.linalg.cholesky(definite),
    ),
}


def plain(x):
    return np.asarray(x).tolist()


inputs = dict(square=square, stack=stack, tall=tall, wide=wide, definite=definite, symmetric=symmetric,
              vector=vector, right=right, lowRank=low_rank, observed=observed)
print(json.dumps({
    "inputs": {name: plain(x) for name, x in inputs.items()},
    "values": {name: plain(x) for name, x in values.items()},
    "gradients": {
        name: {"value": float(f(jnp.asarray(x))), "gradient": plain(jax.grad(f)(jnp.asarray(x)))}
        for name, (f, x) in gradients.items()
    },
}, indent=1))

"""SGD and Adam as pure functions over a record of arrays."""

import jax.numpy as jnp


def optimizer_of(settings):
    """(start(parameters) -> slots, update(parameters, gradients, slots) -> parameters, slots)"""
    return adam(**settings) if settings["name"] == "adam" else sgd(**settings)


def sgd(rate, decay, **_):
    def update(parameters, gradients, slots):
        def moved(name, p):
            g = gradients[name]
            return p - rate * (g + decay * p if name.startswith("w") else g)

        return {name: moved(name, p) for name, p in parameters.items()}, slots

    return lambda parameters: {}, update


def adam(rate, beta1, beta2, epsilon, **_):
    def start(parameters):
        zeros = lambda: {name: jnp.zeros_like(p) for name, p in parameters.items()}
        return {"t": jnp.float32(0), "m": zeros(), "v": zeros()}

    def update(parameters, gradients, slots):
        t = slots["t"] + 1
        m = {k: beta1 * slots["m"][k] + (1 - beta1) * g for k, g in gradients.items()}
        v = {k: beta2 * slots["v"][k] + (1 - beta2) * g * g for k, g in gradients.items()}
        unbias = lambda slot, beta: slot / (1 - beta**t)
        parameters = {
            k: p - rate * unbias(m[k], beta1) / (jnp.sqrt(unbias(v[k], beta2)) + epsilon)
            for k, p in parameters.items()
        }
        return parameters, {"t": t, "m": m, "v": v}

    return start, update

"""TensorFlow on the CPU: one tf.function that runs many steps in a loop of the graph."""

import tensorflow as tf

from program import Product, run_peer
from tensorflow_models import loss_of

tf.config.threading.set_intra_op_parallelism_threads(1)
tf.config.threading.set_inter_op_parallelism_threads(1)


def optimizer_of(settings):
    rate = float(settings["rate"])
    if settings["name"] == "adam":
        betas = (settings["beta1"], settings["beta2"])
        return tf.keras.optimizers.Adam(rate, *betas, settings["epsilon"])
    return tf.keras.optimizers.SGD(rate)


class Training:
    def __init__(self, task, compiling):
        x, y = tf.constant(task.arrays["x"]), tf.constant(task.arrays["y"])
        parameters = {name: tf.Variable(task.arrays[name]) for name in task.parameters}
        variables = list(parameters.values())
        decay = task.optimizer["decay"]
        optimizer = optimizer_of(task.optimizer)
        optimizer.build(variables)
        at = tf.Variable(0)

        def step():
            images, labels = (a[at : at + task.batch] for a in (x, y))
            with tf.GradientTape() as tape:
                loss = loss_of(parameters, task, images, labels)
            gradients = tape.gradient(loss, variables)
            if decay:
                gradients = [
                    g + decay * p if name.startswith("w") else g
                    for (name, p), g in zip(parameters.items(), gradients)
                ]
            optimizer.apply_gradients(zip(gradients, variables))
            at.assign((at + task.batch) % len(x))
            return loss

        def many(steps):
            loss = tf.constant(0.0)
            for _ in tf.range(steps):
                loss = step()
            return loss

        compiling()
        self.once = tf.function(step)
        self.many = tf.function(many)

    def step(self):
        return self.once().numpy()

    def run(self, steps):
        self.many(tf.constant(steps)).numpy()


def product(task, compiling):
    a, b = (tf.constant(task.arrays[name]) for name in "ab")
    compiling()
    return Product(tf.linalg.matmul, a, b)


def build(task, compiling):
    return (product if task.kind == "matmul" else Training)(task, compiling)


run_peer("tensorflow", {"tensorflow": tf.__version__}, build)

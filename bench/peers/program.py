"""What the peers in Python share: as program.mjs, in the same order and with the same numbers."""

import json
import math
import os
import resource
import sys
import time
from types import SimpleNamespace

import numpy as np


class Absent(Exception):
    """Raised by a peer that cannot do a workload; the message says why."""


def load_task(folder):
    with open(os.path.join(folder, "task.json")) as file:
        task = json.load(file)
    task["arrays"] = {
        name: np.fromfile(os.path.join(folder, f"{name}.bin"), "<f4").reshape(shape)
        for name, shape in task["shapes"].items()
    }
    return SimpleNamespace(**task)


def milliseconds():
    return time.perf_counter() * 1000


def first_steps(session, settings, compile_ms):
    """Single steps, each with its loss read back: the loss curve, and how soon steps are fast."""
    losses, ends, start = [], [], milliseconds()

    def wanted(steps, spent):
        for limit in ("losses", "latency"):
            if steps < settings[f"{limit}Steps"] and spent < settings[f"{limit}Ms"]:
                return True
        return steps < 5

    while wanted(len(losses), ends[-1] if ends else 0):
        losses.append(float(session.step()))
        ends.append(milliseconds() - start)
    times = [end - (ends[i - 1] if i else 0) for i, end in enumerate(ends)]
    steady = median(times[-math.ceil(len(times) / 3) :])
    settled = next(i for i, took in enumerate(times) if took <= 1.1 * steady)
    return {
        "losses": losses[: settings["lossesSteps"]],
        "compileMs": compile_ms,
        "firstStepMs": times[0],
        "steadyMs": compile_ms + ends[settled],
    }


def timed_blocks(run, settings):
    """For each block of many steps: microseconds a step, and how much of a processor it had."""

    def timed(steps):
        start, cpu = milliseconds(), time.process_time()
        done = run(steps) or steps  # a peer may do more, and says so
        took = milliseconds() - start
        return took, done, (time.process_time() - cpu) * 1000 / took

    block_ms, steps, spent, took, calls = settings["blockMs"], 1, 0, 0, 0
    while calls < 3 or spent < settings["warmupMs"] or took < block_ms / 2:
        took, done, _ = timed(steps)
        spent += took
        calls += 1  # the first may compile, and says nothing about the time that steps take
        steps = max(1, math.ceil(done * block_ms / max(took, block_ms / 16)))
    start, blocks = milliseconds(), []
    while len(blocks) < 3 or (
        len(blocks) < settings["blocks"] and milliseconds() - start < settings["blocksMs"]
    ):
        blocks.append(timed(steps))
    return {
        "stepMicroseconds": [took * 1000 / done for took, done, _ in blocks],
        "cores": [cores for _, _, cores in blocks],
        "stepsPerBlock": blocks[0][1],
    }


def median(numbers):
    return sorted(numbers)[len(numbers) // 2]


def peak_rss_mb():
    """The most memory the process ever held. Linux counts getrusage from before exec, so ask it."""
    try:
        with open("/proc/self/status") as status:
            line = next(line for line in status if line.startswith("VmHWM"))
        return int(line.split()[1]) / 1024
    except (OSError, StopIteration):
        return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def run_peer(peer, versions, build):
    """Runs a peer on the task whose folder is the last argument, and prints one line of JSON.

    `build(task, compiling)` calls `compiling` when the data are in place and gives a session:
    `step()` does one step and gives its loss, `run(n)` does n or, where it says so, more, all
    finished when it returns.
    """
    versions = {**versions, "python": sys.version.split()[0]}
    try:
        task = load_task(sys.argv[-1])
        started = [milliseconds()]

        def compiling():
            started[0] = milliseconds()

        session = build(task, compiling)
        result = first_steps(session, task.settings, milliseconds() - started[0])
        result |= timed_blocks(session.run, task.settings)
        result["peakRssMb"] = peak_rss_mb()
        result["notes"] = getattr(session, "notes", [])
        result["caches"] = getattr(session, "caches", False)
        print(json.dumps({"peer": peer, "versions": versions, **result}))
    except Absent as reason:
        print(json.dumps({"peer": peer, "versions": versions, "absent": str(reason)}))


class Loop:
    """A session whose steps are called one by one."""

    def __init__(self, step, finish=lambda result: result):
        self.once, self.finish = step, finish

    def step(self):
        return self.finish(self.once())

    def run(self, steps):
        for _ in range(steps):
            result = self.once()
        self.finish(result)


class Product(Loop):
    """W7: the same product again and again; a step gives one element after the other, to compare."""

    def __init__(self, multiply, a, b, finish=lambda result: result):
        super().__init__(lambda: multiply(a, b), finish)
        self.row = -1

    def step(self):
        c = self.once()
        self.row = (self.row + 1) % len(c)
        return c[self.row, self.row]

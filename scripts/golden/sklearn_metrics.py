"""Prints what scikit-learn makes of scores, labels and values, as JSON.

Run: python3 scripts/golden/sklearn_metrics.py > lib/src/nn/metrics/golden/sklearn.json && npm run format
Needs scikit-learn. Inputs are formulas (see `sample`), so that the file holds results only.
"""

import json

import numpy
from sklearn import metrics


def sample(size, seed):
    return numpy.sin(1 + 0.7 * numpy.arange(size) + seed)


N = 40
scores = numpy.round((sample(N, 0) + 1) / 2, 1)  # with ties
sides = (sample(N, 5) > 0.2).astype(int)
rows = numpy.exp(2 * sample(3 * N, 2)).reshape(N, 3)
rows = rows / rows.sum(1, keepdims=True)
labels = (numpy.arange(N) * 7 % 5) % 3
taken = rows.argmax(1)
values = sample(N, 3) * 4
guesses = values + sample(N, 8)


def calibration(confidence, right, bins):
    place = numpy.minimum((confidence * bins).astype(int), bins - 1)
    total = 0.0
    for b in range(bins):
        here = place == b
        if here.any():
            total += here.mean() * abs(confidence[here].mean() - right[here].mean())
    return total


print(
    json.dumps(
        {
            "rocAuc": metrics.roc_auc_score(sides, scores),
            "averagePrecision": metrics.average_precision_score(sides, scores),
            "rocAucMacro": metrics.roc_auc_score(labels, rows, multi_class="ovr", average="macro"),
            "averagePrecisionMacro": metrics.average_precision_score(numpy.eye(3)[labels], rows, average="macro"),
            "logLoss": metrics.log_loss(sides, numpy.clip(scores, 0.05, 0.95)),
            "logLossClasses": metrics.log_loss(labels, rows),
            "mcc": metrics.matthews_corrcoef(labels, taken),
            "mccSides": metrics.matthews_corrcoef(sides, scores > 0.5),
            "iou": metrics.jaccard_score(labels, taken, average="macro"),
            "iouMicro": metrics.jaccard_score(labels, taken, average="micro"),
            "iouSides": metrics.jaccard_score(sides, scores > 0.5),
            "mape": metrics.mean_absolute_percentage_error(values, guesses),
            "calibration": calibration(rows.max(1), (taken == labels).astype(float), 10),
            "calibrationSides": calibration(scores + 0.013, sides.astype(float), 5),
        },
        indent=1,
    )
)

"""Prints what scikit-learn makes of probabilities, residuals and shuffled columns, as JSON.

Run: python3 scripts/golden/sklearn_judgement.py > lib/src/inspect/judgement/golden/sklearn.json && npm run format
Needs scikit-learn. Inputs are formulas (see `sample`), so that the file holds results only.
"""

import json

import numpy
from sklearn import metrics
from sklearn.base import BaseEstimator, RegressorMixin
from sklearn.calibration import calibration_curve
from sklearn.inspection import permutation_importance


def sample(size, seed):
    return numpy.sin(1 + 0.7 * numpy.arange(size) + seed)


N = 60
shares = (sample(N, 0) + 1) / 2
sides = (sample(N, 5) + sample(N, 0) > 0.2).astype(int)
rows = numpy.exp(2 * sample(3 * N, 2)).reshape(N, 3)
rows = rows / rows.sum(1, keepdims=True)
labels = (numpy.arange(N) * 7 % 5) % 3
values = sample(N, 3) * 4
guesses = values + sample(N, 8)


def curve(strategy):
    observed, predicted = calibration_curve(sides, shares, n_bins=5, strategy=strategy)
    return {"observed": observed.tolist(), "predicted": predicted.tolist()}


def expected_error(probability, right, bins):
    place = numpy.minimum((probability * bins).astype(int), bins - 1)
    parts = [
        (place == b).mean() * abs(probability[place == b].mean() - right[place == b].mean())
        for b in range(bins)
        if (place == b).any()
    ]
    return float(sum(parts))


class Plane(RegressorMixin, BaseEstimator):
    """3 a - b, of three columns: nothing is learnt."""

    def fit(self, x, y):
        self.fitted_ = True
        return self

    def predict(self, x):
        return 3 * x[:, 0] - x[:, 1]


x = sample(3 * N, 1).reshape(N, 3)
y = 3 * x[:, 0] - x[:, 1] + 0.3 * sample(N, 4)
importance = permutation_importance(Plane().fit(x, y), x, y, n_repeats=2000, random_state=0)

print(
    json.dumps(
        {
            "uniform": curve("uniform"),
            "quantile": curve("quantile"),
            "expectedError": expected_error(shares, sides, 5),
            "expectedErrorOfRows": expected_error(rows.max(1), rows.argmax(1) == labels, 5),
            "brier": metrics.brier_score_loss(sides, shares),
            "brierOfRows": metrics.brier_score_loss(labels, rows, scale_by_half=False, labels=[0, 1, 2]),
            "residuals": {
                "bias": float((values - guesses).mean()),
                "meanAbsolute": metrics.mean_absolute_error(values, guesses),
                "medianAbsolute": metrics.median_absolute_error(values, guesses),
                "rootMeanSquare": metrics.root_mean_squared_error(values, guesses),
                "largest": metrics.max_error(values, guesses),
                "r2": metrics.r2_score(values, guesses),
                "quantiles": numpy.quantile(
                    values - guesses, [0, 0.05, 0.25, 0.5, 0.75, 0.95, 1]
                ).tolist(),
            },
            "importance": {
                "score": metrics.r2_score(y, Plane().predict(x)),
                "drop": importance.importances_mean.tolist(),
                "spread": importance.importances_std.tolist(),
            },
        }
    )
)

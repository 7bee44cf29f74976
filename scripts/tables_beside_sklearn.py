"""Public tables by `neurite train FILE --target COLUMN` and by scikit-learn's MLP, both with their defaults, on the same rows.

Run: python3 scripts/tables_beside_sklearn.py [set ...] [--seeds 10] [-- flags for neurite train]
Needs scikit-learn, pandas, palmerpenguins and vega_datasets, which ship the tables; and the built command (npm run build).
scikit-learn's network reads what the usual pipeline makes of columns: medians and most frequent values for gaps, standardised
numbers, one-hot categories. Both learn from the same 80 % of the rows and are judged on the others, with ten seeds.
"""

import argparse
import importlib.util
import json
import pathlib
import subprocess
import sys
import tempfile
import warnings

import numpy
import pandas
from sklearn import datasets
from sklearn.compose import make_column_selector, make_column_transformer
from sklearn.impute import SimpleImputer
from sklearn.metrics import accuracy_score, r2_score
from sklearn.model_selection import train_test_split
from sklearn.neural_network import MLPClassifier, MLPRegressor
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import OneHotEncoder, StandardScaler

COMMAND = pathlib.Path(__file__).parent.parent / "cli" / "bin" / "neurite.js"


def packaged(package, path):
    return pathlib.Path(importlib.util.find_spec(package).origin).parent / path


def iris():
    bunch = datasets.load_iris(as_frame=True)
    return bunch.data.assign(species=bunch.target_names[bunch.target]), "species"


def penguins():
    return pandas.read_csv(packaged("palmerpenguins", "data/penguins.csv")), "species"


def cars():
    table = pandas.read_json(packaged("vega_datasets", "_data/cars.json"))
    known = table.drop(columns="Name").dropna(subset="Miles_per_Gallon")
    return known.assign(Year=known.Year.astype(str).str[:4].astype(int)), "Miles_per_Gallon"


def diabetes():
    return datasets.load_diabetes(as_frame=True, scaled=False).frame, "target"


def wine():
    bunch = datasets.load_wine(as_frame=True)
    return bunch.data.assign(cultivar=bunch.target_names[bunch.target]), "cultivar"


def cancer():
    bunch = datasets.load_breast_cancer(as_frame=True)
    return bunch.data.assign(diagnosis=bunch.target_names[bunch.target]), "diagnosis"


def weather():
    table = pandas.read_csv(packaged("vega_datasets", "_data/seattle-weather.csv"))
    # For scikit-learn, which reads no dates.
    return table.assign(month=pandas.to_datetime(table.date).dt.month).drop(columns="date"), "weather"


def barley():
    return pandas.read_json(packaged("vega_datasets", "_data/barley.json")), "yield"


SETS = {f.__name__: f for f in (iris, penguins, cars, diabetes, wine, cancer, weather, barley)}


def sklearn_score(train, test, target, is_values, seed):
    prepare = make_column_transformer(
        (make_pipeline(SimpleImputer(strategy="median"), StandardScaler()), make_column_selector(dtype_include="number")),
        (make_pipeline(SimpleImputer(strategy="most_frequent"), OneHotEncoder(handle_unknown="ignore")),
         make_column_selector(dtype_exclude="number")),
    )
    network = (MLPRegressor if is_values else MLPClassifier)(random_state=seed)
    model = make_pipeline(prepare, network)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # 200 epochs, its default, may be too few
        model.fit(train.drop(columns=target), train[target])
    said = model.predict(test.drop(columns=target))
    return (r2_score if is_values else accuracy_score)(test[target], said)


def neurite_score(train, test, target, is_values, seed, flags):
    with tempfile.TemporaryDirectory() as name:
        folder = pathlib.Path(name)
        train.to_csv(folder / "train.csv", index=False)
        test.to_csv(folder / "test.csv", index=False)

        def neurite(*arguments):
            done = subprocess.run(["node", COMMAND, *map(str, arguments)], capture_output=True, text=True, cwd=folder)
            if done.returncode != 0:
                sys.exit(done.stderr)
            return done.stdout

        neurite("train", "train.csv", "--target", target, "--test-fraction", 0, "--seed", seed, "--out", "run", "-q", *flags)
        figures = json.loads(neurite("evaluate", "run", "test.csv", "--json"))
        return figures["values"]["r2"] if is_values else figures["accuracy"]


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("sets", nargs="*", default=[])
    parser.add_argument("--seeds", type=int, default=10)
    own, flags = sys.argv[1:], []
    if "--" in own:
        at = own.index("--")
        own, flags = own[:at], own[at + 1:]
    chosen = parser.parse_args(own)
    print("| table | rows | measure | neurite | scikit-learn | neurite wins, ties, loses |")
    print("| --- | --- | --- | --- | --- | --- |")
    for name in chosen.sets or SETS:
        table, target = SETS[name]()
        is_values = pandas.api.types.is_numeric_dtype(table[target])
        ours, theirs = [], []
        for seed in range(chosen.seeds):
            train, test = train_test_split(
                table, test_size=0.2, random_state=seed, stratify=None if is_values else table[target])
            ours.append(neurite_score(train, test, target, is_values, seed, flags))
            theirs.append(sklearn_score(train, test, target, is_values, seed))
        difference = numpy.subtract(ours, theirs)
        counts = [(difference > 1e-9).sum(), (abs(difference) <= 1e-9).sum(), (difference < -1e-9).sum()]
        shown = [f"{numpy.mean(scores):.4f} ± {numpy.std(scores):.4f}" for scores in (ours, theirs)]
        measure = "R2" if is_values else "accuracy"
        print(f"| {name} | {len(table)} | {measure} | {' | '.join(shown)} | {', '.join(map(str, counts))} |", flush=True)


main()

// The flags of a run as commander reads them, in groups: what the help of `neurite train` shows.

import type { Command } from "commander";
import {
  parseAbove0,
  parseAtLeast0,
  parseCount,
  parsePictureSize,
  parseShare,
  parseSizes,
  parseWhole,
} from "../terminal/options.ts";
import {
  choiceOf,
  parseClassWeights,
  parseDates,
  parseDelimiter,
  parseHalving,
  parseNamed,
  parseNames,
  parseTypes,
  parseWords,
} from "./named.ts";

/** What a run is: the flags that applyFlags puts into its specification. */
export function addRunOptions(command: Command): Command {
  addDataOptions(command);
  addTableOptions(command);
  addSourceOptions(command);
  addNetworkOptions(command);
  addLossOptions(command);
  addRateOptions(command);
  return addTrainingOptions(command);
}

function addDataOptions(command: Command): void {
  command
    .optionsGroup("Data:")
    .option("--preset <name>", "another run for the data set; mnist has conv")
    .option("--train <n>", "use only the first n training examples", parseCount)
    .option("--test <n>", "use only the first n test examples", parseCount)
    .option("--samples <n>", "how many points to draw, for sets in the plane", parseCount)
    .option(
      "--noise <level>",
      "how far points or labels stray, for sets in the plane: 0 for none, 0.5 is much",
      parseAtLeast0,
    );
}

function addTableOptions(command: Command): void {
  command
    .optionsGroup("A table of your own (what is not said is found out, and told):")
    .option("--target <column>", "the column to learn: classes, or numbers")
    .option(
      "--columns <names>",
      "learn from these columns alone, as in age,city; numbers of rows among them too",
      parseWords,
    )
    .option("--ignore <names>", "learn from all columns but these", parseWords);
  addReadingOptions(command).option(
    "--test-fraction <share>",
    "the part that is kept for testing; 0.2 for data of your own",
    parseShare,
  );
}

/** How a table is read. */
export function addReadingOptions(command: Command): Command {
  return command
    .option(
      "--types <list>",
      "what columns are, as in age=category,zip=ignore: number, category, date, text or ignore",
      parseTypes,
    )
    .option("--delimiter <character>", 'what parts fields: "," ";" or tab', parseDelimiter)
    .option("--encoding <name>", "utf-8, utf-16le, windows-1252, gb18030, shift_jis, ...")
    .option("--decimal <sign>", 'what parts decimals: "." or ","', choiceOf(".", ","))
    .option("--dates <order>", "what comes first in 03/04/2024: dayFirst or monthFirst", parseDates)
    .option("--header", "the first row names the columns")
    .option("--no-header", "the first row is data; columns are called column1, column2, ...")
    .option(
      "--missing <list>",
      "what stands for a gap, as in NA,-99; an empty cell always does",
      parseWords,
    )
    .option(
      "--ragged <how>",
      "rows of more or fewer fields: refuse (default) or fill",
      choiceOf("refuse", "fill"),
    );
}

function addSourceOptions(command: Command): void {
  addExampleOptions(command)
    .option("--length <n>", "of text: how many characters the network looks back at", parseCount)
    .option("--cell <name>", "of text: lstm (default), gru or simpleRnn");
}

/** How pictures and arrays are read. */
export function addExampleOptions(command: Command): Command {
  return command
    .optionsGroup("Pictures, arrays and text of your own:")
    .option(
      "--size <height>x<width>",
      "what pictures are brought to, as in 32x32 (by default their own where all are small and alike)",
      parsePictureSize,
    )
    .option("--grey", "read pictures as grey (by default where they are)")
    .option("--colour", "read pictures in colour")
    .option(
      "--fit <how>",
      "how a picture of another shape becomes that size: stretch (default), crop, or pad with black",
    )
    .option(
      "--strict",
      "stop at the first picture that cannot be read, where it is left out otherwise",
    )
    .option(
      "--images <file>",
      "the examples: an .idx or .npy file, or the name of an array in an .npz",
    )
    .option("--labels <file>", "their classes or values: another one");
}

function addNetworkOptions(command: Command): void {
  command
    .optionsGroup("Network (a name takes options: leakyRelu:alpha=0.1):")
    .option("--hidden <sizes>", 'hidden layers, as in "100,50"; "none" for none', parseSizes)
    .option(
      "--activation <names>",
      "of the hidden layers: relu, tanh, sigmoid, ...; or one for each, as in relu,tanh",
      parseNames,
    )
    .option(
      "--output-activation <name>",
      "of the last layer: sigmoid, softmax, linear, ...",
      parseNamed,
    )
    .option(
      "--initializer <name>",
      "how weights start: heNormal, glorotUniform, ...; biases too with one that knows no width: " +
        "normal, uniform, constant:value=0.1",
      parseNamed,
    )
    .option("--bias-initializer <name>", "how biases start", parseNamed)
    .option("--dropout <p>", "share of hidden outputs dropped in training", parseShare)
    .option("--dtype <name>", "float32 (default) or float64");
}

function addLossOptions(command: Command): void {
  command
    .optionsGroup("What is minimised:")
    .option("--loss <name>", "crossEntropy, quadratic, huber:delta=0.5, ...", parseNamed)
    .option("--l2 <lambda>", "penalty lambda * sum w^2 on the weights", parseAtLeast0)
    .option("--l1 <lambda>", "penalty lambda * sum |w| on the weights", parseAtLeast0)
    .option(
      "--penalty-convention <name>",
      "whose lambda it is: keras (default), network2, network3, nndl or playground",
    )
    .option(
      "--class-weights <weights>",
      'what examples of a class count: "balanced", or by name as in yes=3,no=1',
      parseClassWeights,
    )
    .option("--metrics <names>", "figures to show beside the loss, as in accuracy,f1", parseWords);
}

function addRateOptions(command: Command): void {
  command
    .optionsGroup("How it learns:")
    .option(
      "--optimizer <name>",
      "sgd, adam, adamW, nadam, radam, lion, rmsProp, adagrad, adadelta or lbfgs; with options " +
        "as in sgd:momentum=0.9,nesterov=true",
      parseNamed,
    )
    .option("--learning-rate <rate>", "length of a step", parseAbove0)
    .option("--momentum <share>", "what of the last step is kept, for sgd and rmsProp", parseShare)
    .option(
      "--schedule <name>",
      "how the rate goes: cosine, oneCycle:rise=0.2, exponential:decay=0.96, stepDecay:every=10, " +
        "cosine:warmupSteps=100, ...; or none",
      parseNamed,
    )
    .option(
      "--halving <n>",
      "halve the rate after n epochs without improvement; 0 for never; with options as in " +
        "10:factor=0.1,stopBelow=0.01",
      parseHalving,
    )
    .option("--clip <norm>", "the most that all gradients together may measure", parseAbove0);
}

function addTrainingOptions(command: Command): Command {
  return command
    .optionsGroup("How long, and on what:")
    .option("--epochs <n>", "passes over the training examples", parseWhole)
    .option("--batch-size <n>", "examples in a step", parseCount)
    .option("--accumulate <n>", "batches whose gradients make one update", parseCount)
    .option("--shuffle", "another order each epoch (default)")
    .option("--no-shuffle", "the same order each epoch")
    .option(
      "--validation-split <share>",
      "the last of the training examples, set aside to judge epochs by",
      parseShare,
    )
    .option("--patience <n>", "stop after n epochs without improvement; 0 for never", parseWhole)
    .option("--restore-best", "go back to the weights of the best epoch (default with --patience)")
    .option("--no-restore-best", "keep the weights of the last epoch")
    .option(
      "--monitor <figure>",
      "what --patience and --halving watch: valLoss (default), valAccuracy, loss, ...",
    )
    .option("--seed <n>", "start of all random numbers", parseWhole);
}

/** What computes: no result depends on it, but for last bits. */
export function addMachineOptions(command: Command): Command {
  return command
    .optionsGroup("What computes:")
    .option("--engine <name>", "wasm (default) or reference")
    .option(
      "--threads <n>",
      "how many threads compute, 1 to 64 (by default one a processor, at most 8)",
      parseCount,
    );
}

export function addRankOptions(command: Command): Command {
  return command
    .option(
      "--ranks <n>",
      "train by n processes on this machine, which share every batch (on several machines: mpirun)",
      parseCount,
    )
    .option(
      "--rank-timeout <seconds>",
      "how long ranks wait for one that is silent before all end (by default 120)",
      parseAbove0,
    );
}

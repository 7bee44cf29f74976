// From when on something counts as ill, and why from there.

/**
 * A layer of ReLUs is ill where more than half of its units give 0 for every example. Fewer are common: of the
 * 16 units that `neurite train iris` begins with 6 are dead, since all its inputs are positive, and it gets
 * 97 % right.
 */
export const DEAD_SHARE = 0.5;

/** Or where training itself has killed this share of its units: steps were too long then (CS231n, "dying"). */
export const KILLED_SHARE = 0.25;

/**
 * Of the slopes of a layer before training. With weights from N(0, 1/n) 0.0045 % of them are flat, with N(0, 1)
 * and 1,000 inputs, half of them on, 82.3 % (Nielsen, chapter 3); inputs out of -6..6, as in TF Playground, make
 * 14 % of tanh flat and are learnt well.
 */
export const FLAT_AT_START = 0.25;

/** Of the slopes of a layer after training that did not succeed. After one that did, 73 % are flat and all is well. */
export const FLAT_AT_END = 0.9;

/**
 * How much smaller the error delta of the first hidden layer is than that of the output, before training. Three
 * hidden layers of 30 logistic units on digits keep 1/60, four 1/300 (Nielsen, chapter 5, tells of both).
 */
export const VANISHED: number = 1 / 200;

/** The other way round: chains whose |w f'| lies above 1 (Nielsen, chapter 5: four units of w = 100 reach 25^3). */
export const EXPLODED = 200;

/** A net whose cost has fallen to this part of what it was has learnt: then nothing is searched for in its end. */
export const LEARNT = 0.5;

/** And of classes, this part of the way from the commonest one for all to no mistake. */
export const LEARNT_CLASSES = 0.25;

/** From this part of the way on nothing is left to be told of inputs that lie to one side. */
export const GOOD = 0.8;

/** A cost is worse than before training from here on; below, it is noise. */
export const WORSE = 1.1;

/**
 * |mean| against the deviation of what a layer reads. Inputs from 0.5 to 1.5, at 3.5, need four times as many
 * steps as centered ones (NNDL, section 4.1); pixels of digits, at 0.4, are learnt well.
 */
export const SHIFTED = 2;

/** sqrt(fanIn) times the root mean square of the weights: 1 with N(0, 1/n), 1.41 with He's, 28 with N(0, 1) on 784 inputs. */
export const WIDE_WEIGHTS = 3;
export const NARROW_WEIGHTS = 0.3;

/** Root mean square of inputs that are too large to begin with: centered and scaled ones have 1. */
export const LARGE_INPUTS = 10;

/** |change of w| / |w| over the whole training: below, the weights have hardly moved. */
export const STOOD_STILL = 0.01;

/** And above, steps were too long: the weights have gone further than they were. */
export const THROWN = 1;

/** The share of outputs that are wrong by more than 0.5 and whose slope is flat. */
export const STUCK_OUTPUTS = 0.1;

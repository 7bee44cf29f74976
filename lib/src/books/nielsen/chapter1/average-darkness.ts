// Nielsen, chapter 1: two baselines for the digits, how dark an image is on average, and a support vector machine.

import type { Mnist } from "../../shared/mnist.ts";

const PIXELS = 784;
const CLASSES = 10;

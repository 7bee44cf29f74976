// The controls of the network page: data, layers, training, runs.

export const controls = {};

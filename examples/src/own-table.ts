// A table of one's own: its columns are fitted to the rows to learn from and stand in the model, which then
// reads raw rows, with gaps and with values that it has never seen.

import { Rng } from "neurite/data";
import {
  encodeColumns,
  fitColumns,
  type NumberColumn,
  planColumns,
  splitTable,
  type Table,
  tableColumn,
  tableOf,
} from "neurite/data/tables";
import { permutationImportance, residualsOf } from "neurite/inspect";
import { dense, tableFeatures } from "neurite/nn";
import { columnPlaces } from "neurite/spec";
import { sequential } from "neurite/train";

const rng = new Rng(7);
const CITIES = { Paris: 9, Lyon: 4, Nantes: 3 };

/** A flat to let; its rent is what is to be told from the rest. */
function flat(number: number) {
  const city = (["Paris", "Lyon", "Nantes"] as const)[Math.floor(rng.uniform(0, 3))]!;
  const size = Math.round(rng.uniform(20, 120));
  const floor = Math.floor(rng.uniform(0, 6));
  const rent = size * (CITIES[city] + 6 + 0.3 * floor) + rng.normal(0, 40);
  return {
    number,
    // The floor is not always told.
    ...{ city, size, floor: rng.uniform(0, 1) < 0.15 ? null : floor },
    rent: Math.round(rent),
  };
}

const flats = tableOf(
  Array.from({ length: 300 }, (_, i) => flat(i + 1)),
  { name: "flats" },
);
const { train, test } = splitTable(flats, { testFraction: 0.25, seed: 1 });
for (const { name, done } of planColumns(train, { except: ["rent"] })) {
  console.log(`${name}: ${done}`);
}

const columns = fitColumns(train, { except: ["rent"] });
const model = sequential(
  tableFeatures({ columns }),
  dense(16, { activation: "relu" }),
  dense(1),
).with({ seed: 1 });
model.compile({ loss: "meanSquaredError", optimizer: { name: "adam", learningRate: 0.02 } });

const rentsOf = (table: Table) => [...(tableColumn(table, "rent") as NumberColumn).values];
// In thousands: a network learns targets of about 1 best.
const targets = rentsOf(train).map((rent) => [rent / 1000]);
await model.fit(encodeColumns(columns, train), targets, { epochs: 100, batchSize: 25 });
console.log(model.summary());

const predict = async (x: Parameters<typeof model.predict>[0]) =>
  Array.from((await model.predict(x)).data, (rent) => rent * 1000);
const x = encodeColumns(columns, test);
const missed = residualsOf(rentsOf(test), await predict(x));
console.log(
  `rents of other flats: off by ${missed.meanAbsolute.toFixed(0)} on average, R2 ${missed.r2!.toFixed(2)}`,
);

const score = async (rows: typeof x) => residualsOf(rentsOf(test), await predict(rows)).r2!;
const found = await permutationImportance(x, score, { places: columnPlaces(columns), seed: 1 });
for (const { name, drop } of found.columns) {
  console.log(`R2 without ${name}: ${drop.toFixed(2)} less`);
}

const asked = tableOf([
  { city: "Paris", size: 50, floor: 2 },
  { city: "Lyon", size: 50, floor: null },
  { city: "Rome", size: 50, floor: 2 },
]);
const told = await predict(encodeColumns(columns, asked));
console.log(`asked for three rents: ${told.map((rent) => Math.round(rent / 50) * 50).join(", ")}`);

// A model as a module of JavaScript, and its types beside it.

import { basename } from "node:path";
import { moduleCodeOf } from "neurite/code";
import { classNamesOf } from "../runs/class-names.ts";
import { UsageError } from "../terminal/failures.ts";
import type { Exporter } from "./format.ts";

export const exportJavaScript: Exporter = async ({ run, model, out }) => {
  const ending = /\.([cm]?js)$/.exec(out)?.[1];
  if (ending !== "js" && ending !== "mjs") {
    throw new UsageError(`--out: expected a name that ends in .js or .mjs, received ${out}`);
  }
  const { spec } = run;
  const names = await classNamesOf(spec);
  const classes = names ? { classes: names } : {};
  const note = [`${spec.data.name}: a model of Neurite, which predicts without it.`];
  const { code, types } = await moduleCodeOf(model, { note, ...classes });
  const typesPath = out.replace(/\.(m?)js$/, ".d.$1ts");
  return {
    files: [
      { path: out, content: code },
      { path: typesPath, content: types },
    ],
    told: [`import { predict } from "./${basename(out)}";`],
  };
};

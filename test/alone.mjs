/**
 * Figures of runs after three steps, by nothing but the small entry point of the packages as they are built. Each run
 * has the library's modules anew, so that it has fetched nothing, as in a process of its own. Reads specifications as
 * JSON from standard input, and writes the figures. Node is to be started with --experimental-vm-modules.
 */
import { readFileSync } from "node:fs";
import { text } from "node:stream/consumers";
import { fileURLToPath } from "node:url";
import { SourceTextModule, SyntheticModule } from "node:vm";

/** Sources by address, and what V8 made of them: no file is read or parsed for a second run. */
const sources = new Map();
const compiled = new Map();

function sourceOf(url) {
  if (!sources.has(url)) sources.set(url, readFileSync(fileURLToPath(url), "utf8"));
  return sources.get(url);
}

/** Node's own modules are the same for all. */
async function builtin(name) {
  const exports = await import(name);
  const names = Object.keys(exports);
  return new SyntheticModule(names, function () {
    for (const key of names) this.setExport(key, exports[key]);
  });
}

/** Imports modules that nobody else has. @returns {(address: string) => Promise<object>} */
function freshImport() {
  const modules = new Map();
  const moduleAt = (address) => {
    if (!modules.has(address)) {
      modules.set(address, address.startsWith("node:") ? builtin(address) : fileModule(address));
    }
    return modules.get(address);
  };
  const resolved = (name, { identifier }) =>
    moduleAt(name.startsWith(".") ? new URL(name, identifier).href : import.meta.resolve(name));
  const fileModule = async (url) => {
    const cachedData = compiled.get(url);
    const module = new SourceTextModule(sourceOf(url), {
      identifier: url,
      ...(cachedData && { cachedData }),
      initializeImportMeta: (meta) => {
        meta.url = url;
      },
      importModuleDynamically: async (name, referrer) => evaluated(await resolved(name, referrer)),
    });
    // What imports later finds its way only if V8 has read it for this module.
    if (!cachedData && !/\bimport[.(]/.test(sourceOf(url)))
      compiled.set(url, module.createCachedData());
    return module;
  };
  // One after the other: what two import at once is linked by one of them.
  let linked = Promise.resolve();
  const evaluated = async (module) => {
    linked = linked.then(() => module.status === "unlinked" && module.link(resolved));
    await linked;
    await module.evaluate();
    return module;
  };
  return async (address) =>
    (await evaluated(await moduleAt(import.meta.resolve(address)))).namespace;
}

async function figuresOf(spec) {
  const { fetchRun, fitData, loadData, loadNetwork, loadTimeline } =
    await freshImport()("neurite/timeline");
  const [network] = await Promise.all([loadNetwork(spec.model, spec.dtype), fetchRun(spec)]);
  const data = fitData(await loadData(spec.data), network, spec);
  const timeline = await loadTimeline(spec, data);
  await timeline.advance(3);
  return await timeline.model.evaluate(data.train.x, data.train.y);
}

const figures = [];
for (const spec of JSON.parse(await text(process.stdin))) figures.push(await figuresOf(spec));
process.stdout.write(JSON.stringify(figures));

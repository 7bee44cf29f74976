// The run on the page as files, and the page's pictures.

import { useMemo } from "preact/hooks";
import { useApp, useSlice, useText } from "../../app/index.ts";
import { WorkerProblem } from "../../client/index.ts";
import type { ExportFormat } from "../../protocol/index.ts";
import { isSame, PLANE } from "../../state/index.ts";
import { saveFile } from "../../widgets/save-file.ts";
import { curvesTable } from "./curves-table.ts";
import { fileName, type Picture, picturesOf, pngOf, svgText } from "./pictures.ts";

/** What the worker writes, and what the file is called. The command line reads the checkpoint by this name. */
const WRITTEN: readonly (readonly [ExportFormat, string])[] = [
  ["checkpoint", "weights.safetensors"],
  ["typescript", "program.ts"],
  ["keras", "keras_program.py"],
  ["pytorch", "torch_program.py"],
  ["examples", "examples.csv"],
];

export function ExportPart() {
  const app = useApp();
  const text = useText("share");
  const settings = useSlice((state) => state.settings);
  const training = app.training();
  const hasRun = training.frames.info.value !== null;
  const pictures = useMemo(() => picturesOf(document.getElementById("main")!), []);
  const isOwn =
    settings.data.source.kind !== "named" || !isSame(settings.data.features, PLANE.features);

  const save = (name: string, content: Parameters<typeof saveFile>[1]) => {
    saveFile(name, content);
    app.announcer.show(text.saved(name));
  };
  const written = async (format: ExportFormat, name: string) => {
    try {
      save(name, (await training.ask("exportRun", { format })).content);
    } catch (error) {
      if (!(error instanceof WorkerProblem)) throw error;
      app.report(error.problem);
    }
  };
  const painted = async (picture: Picture) => {
    try {
      save(fileName(picture.name, "png"), await pngOf(picture));
    } catch {
      // The page may have taken it away meanwhile.
      app.announcer.show(text.notPainted(picture.name));
    }
  };
  const json = (name: string, document: unknown) =>
    save(name, `${JSON.stringify(document, null, 2)}\n`);
  return (
    <section aria-labelledby="share-export">
      <h3 id="share-export">{text.export}</h3>
      <p class="hint">{hasRun ? text.exportHelp : text.noRun}</p>
      {isOwn && <p class="hint">{text.own}</p>}
      <ul class="share-files">
        <FileButton
          label={text.files.settings}
          onClick={() => json("neurite-settings.json", settings)}
        />
        <FileButton label={text.files.runspec} onClick={() => json("spec.json", settings.run)} />
        {hasRun &&
          WRITTEN.map(([format, name]) => (
            <FileButton
              key={format}
              label={text.files[format]}
              onClick={() => void written(format, name)}
            />
          ))}
        {hasRun && (
          <FileButton
            label={text.files.curves}
            onClick={() => save("curves.csv", curvesTable(training.frames.history))}
          />
        )}
      </ul>
      <h3>{text.pictures}</h3>
      {pictures.length === 0 && <p class="hint">{text.noPictures}</p>}
      <ul class="share-files">
        {pictures.flatMap((picture, i) => [
          ...(picture.element instanceof SVGSVGElement
            ? [
                <FileButton
                  key={`svg ${i}`}
                  label={text.picture(picture.name, "SVG")}
                  onClick={() =>
                    save(fileName(picture.name, "svg"), svgText(picture.element as SVGSVGElement))
                  }
                />,
              ]
            : []),
          <FileButton
            key={`png ${i}`}
            label={text.picture(picture.name, "PNG")}
            onClick={() => void painted(picture)}
          />,
        ])}
      </ul>
    </section>
  );
}

function FileButton({ label, onClick }: { readonly label: string; readonly onClick: () => void }) {
  return (
    <li>
      <button type="button" onClick={onClick}>
        {label}
      </button>
    </li>
  );
}

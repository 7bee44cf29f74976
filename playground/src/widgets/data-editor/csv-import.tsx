// A table by file or paste, and which of its columns are what.

import { useId, useState } from "preact/hooks";
import { useText } from "../../app/index.ts";
import { Choice } from "../choice.tsx";
import {
  type ColumnChoice,
  choiceFor,
  type Imported,
  importOf,
  MOST_INPUTS,
  MOST_TEXT,
  type Table,
  tableOf,
} from "./csv.ts";

export interface CsvImportProps {
  readonly onImport: (imported: Imported) => void;
}

export function CsvImport({ onImport }: CsvImportProps) {
  const text = useText("controls").csv;
  const id = useId();
  const [table, setTable] = useState<Table | null>(null);
  const [choice, setChoice] = useState<ColumnChoice | null>(null);
  const [note, setNote] = useState("");

  const read = (source: string) => {
    const found = tableOf(source);
    setTable(found);
    setChoice(found && choiceFor(found));
    if (!found) setNote(source.trim() === "" ? "" : text.noTable);
    else setNote(found.isCut ? text.cut(found.rows.length) : text.found(found.rows.length));
  };
  const readFile = async (file: File | undefined) => {
    if (!file) return;
    // A little more than is read, so that what is cut off is noticed.
    const start = await file.slice(0, MOST_TEXT + 64).text();
    read(file.size > MOST_TEXT ? start.padEnd(MOST_TEXT + 1, "\n") : start);
  };
  const take = () => {
    if (!table || !choice) return;
    const made = importOf(table, choice);
    if (typeof made === "string") {
      setNote(text.faults[made]);
      return;
    }
    const { points, unread, leftOut, ragged, classNames } = made;
    const numbered = classNames.map((name, i) => `${i} = ${name}`).join(", ");
    const isNamed = classNames.some((name, i) => name !== String(i));
    setNote(
      text.taken(points.length, unread, leftOut, ragged) +
        (isNamed ? text.classesAre(numbered) : ""),
    );
    onImport(made);
  };

  return (
    <div class="csv-import" data-what="csvTable">
      <p class="hint">{text.says}</p>
      <label class="file-field">
        {text.file}
        <input
          type="file"
          accept=".csv,.tsv,.txt,text/csv,text/plain"
          onChange={(event) => void readFile(event.currentTarget.files?.[0])}
        />
      </label>
      <label for={id}>{text.paste}</label>
      <textarea
        id={id}
        rows={4}
        spellcheck={false}
        placeholder={"x1,x2,y\n0.5,1.2,0\n−1,0.3,1"}
        onInput={(event) => read(event.currentTarget.value)}
      />
      {table && choice && (
        <Columns table={table} choice={choice} onChange={setChoice} onTake={take} />
      )}
      <p class="hint" role="status">
        {note}
      </p>
    </div>
  );
}

interface ColumnsProps {
  readonly table: Table;
  readonly choice: ColumnChoice;
  readonly onChange: (choice: ColumnChoice) => void;
  readonly onTake: () => void;
}

function Columns({ table, choice, onChange, onTake }: ColumnsProps) {
  const text = useText("controls").csv;
  const toggle = (column: number, isIn: boolean) => {
    const others = choice.inputs.filter((i) => i !== column);
    const inputs = isIn ? [...others, column].sort((a, b) => a - b) : others;
    onChange({ ...choice, inputs: inputs.slice(0, MOST_INPUTS) });
  };
  return (
    <>
      <fieldset class="columns">
        <legend>{text.inputs}</legend>
        {table.columns.map((name, i) => (
          <label key={name} class="check">
            <input
              type="checkbox"
              checked={choice.inputs.includes(i)}
              disabled={i === choice.target}
              onChange={(event) => toggle(i, event.currentTarget.checked)}
            />
            {name}
          </label>
        ))}
      </fieldset>
      <div class="field-row">
        <Choice
          label={text.target}
          value={String(choice.target)}
          options={table.columns.map((name, i) => [String(i), name])}
          onChange={(value) => {
            const target = Number(value);
            onChange({ ...choice, target, inputs: choice.inputs.filter((i) => i !== target) });
          }}
        />
        <Choice
          label={text.targetIs}
          value={choice.isClasses ? "classes" : "values"}
          options={[
            ["classes", text.classes],
            ["values", text.values],
          ]}
          onChange={(value) => onChange({ ...choice, isClasses: value === "classes" })}
        />
      </div>
      <label class="check">
        <input
          type="checkbox"
          checked={choice.isScaled}
          onChange={(event) => onChange({ ...choice, isScaled: event.currentTarget.checked })}
        />
        {text.scale}
      </label>
      <p>
        <button type="button" class="primary" onClick={onTake}>
          {text.use}
        </button>
      </p>
    </>
  );
}

// Jacobians as matrices: of the outputs by the inputs, and of each layer diag f', W and I(a).

import { useText } from "../../../app/index.ts";
import { plain } from "../numbers.ts";
import { useJob } from "../use-job.ts";
import type { Layered } from "../walk/roles.ts";
import type { Graph } from "../walk/walk.ts";

interface Wanted {
  readonly title: string;
  readonly of: readonly string[];
  readonly by: readonly string[];
}

export function JacobiansPanel({ graph, layered }: { graph: Graph; layered: Layered | null }) {
  const text = useText("backprop");
  const wanted = layered ? wantedOf(layered, text) : [];
  const at = Object.fromEntries(graph.inputs.map(({ name, value }) => [name, value]));
  const asks = { text: graph.text, at, wanted: wanted.map(({ of, by }) => ({ of, by })) };
  const { gives } = useJob("matrices", wanted.length > 0 ? asks : null);
  const { outputs, inputs, values } = graph.jacobian;
  return (
    <div class="matrices" data-what="jacobian">
      <Matrix title={text.whole} of={outputs} by={inputs} values={values} />
      {wanted.map(({ title, of, by }) => {
        const key = `${of.join()} ${by.join()}`;
        const found = gives?.matrices.find((one) => `${one.of.join()} ${one.by.join()}` === key);
        return found && <Matrix key={key} title={title} {...found} />;
      })}
    </div>
  );
}

type Words = Readonly<
  Record<"layerSlope" | "layerWeights" | "layerInputs", (layer: number) => string>
>;

function wantedOf({ layers }: Layered, text: Words): Wanted[] {
  return layers
    .flatMap(({ z, a, weights }, i): Wanted[] => {
      const below = layers[i - 1]?.a ?? [];
      return [
        { title: text.layerSlope(i + 1), of: a, by: z },
        { title: text.layerWeights(i + 1), of: z, by: below },
        { title: text.layerInputs(i + 1), of: z, by: weights },
      ];
    })
    .filter(({ of, by }) => of.length > 0 && by.length > 0);
}

function Matrix(props: Wanted & { readonly values: readonly (readonly number[])[] }) {
  const { title, of, by, values } = props;
  const text = useText("backprop");
  const caption = text.jacobianOf(of.join(", "), by.join(", "));
  return (
    <section class="matrix" tabIndex={0} aria-label={`${title}: ${caption}`}>
      <h3>{title}</h3>
      <table>
        <caption class="visually-hidden">{caption}</caption>
        <thead>
          <tr>
            <td />
            {by.map((name) => (
              <th key={name} scope="col">
                {name}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {values.map((row, i) => (
            <tr key={of[i]}>
              <th scope="row">{of[i]}</th>
              {row.map((value, j) => (
                <td key={by[j]} class={value === 0 ? "is-zero" : ""}>
                  {plain(value)}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}

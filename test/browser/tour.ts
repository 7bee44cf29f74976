/** A walk through the library as a page may use it: op by op, by gradient, compiled, as a model. */
import { compile, engine, grad, mapTree, type Tensor, tensor } from "neurite";
import { dense } from "neurite/nn";
import { sequential } from "neurite/train";

type Params = { w: Tensor };

export async function tour() {
  const x = tensor([
    [1, 2],
    [3, 4],
  ]);
  const y = tensor([[1], [1]]);
  // 0 where w is [[-1], [1]].
  const cost = ({ w }: Params) => x.matmul(w).sub(y).square().mean();
  const start = { w: tensor([[0.5], [-0.5]]) };

  const step = compile((p: Params) => mapTree((w, dw) => w.sub(dw.mul(0.05)), p, grad(cost)(p)));
  let learnt = start;
  for (let i = 0; i < 1000; i++) learnt = step(learnt);

  const model = sequential([dense(1, { inputShape: [2] })]);
  model.compile({
    loss: "meanSquaredError",
    optimizer: { name: "sgd", learningRate: 0.05 },
  });
  const history = await model.fit(x, y, { epochs: 1000 });

  return {
    engine: engine().name,
    product: [...x.matmul(x).data],
    cost: cost(start).item(),
    gradient: [...grad(cost)(start).w.data],
    learnt: cost(learnt).item(),
    fitted: history.epochs.at(-1)!.loss!,
  };
}

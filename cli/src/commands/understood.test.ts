import { describe, expect, it } from "vitest";
import { expectUnderstood } from "./understood.testing.ts";

describe("expectUnderstood", () => {
  it.each([
    "npx neurite train mnist --preset conv --epochs 3 --out runs/conv",
    "neurite train moons --hidden 8,8 --activation relu,tanh --l2 0.1",
    "neurite inspect runs/mnist layers damage",
    "neurite explain --preset fig48 --symbolic",
    'neurite explain "1/(exp(-(w*x+b))+1)" --at x=1,w=0,b=0',
    "neurite activations relu tanh",
    'neurite approximate "sin(6*x)" --pieces 10 --train',
    "neurite reproduce mazur --rate 0.1 --biases",
    "neurite reproduce network2 --init large",
    "neurite reproduce list",
    "neurite playground",
    "npm run example xor",
    "npm run playground",
  ])("takes %s", async (line) => {
    await expect(expectUnderstood(line)).resolves.toBeUndefined();
  });

  it.each([
    ["neurite trian mnist", /no command|[Uu]nknown command/],
    ["neurite train mist", /mist/],
    ["neurite train mnist --preset cnov", /cnov/],
    ["neurite train mnist --epohcs 3", /epohcs/],
    ["neurite train mnist --epochs three", /three/],
    ["neurite train mnist --activation rleu", /rleu/],
    ["neurite inspect runs/mnist layrs", /layrs/],
    ["neurite explain --preset graph48", /graph48/],
    ['neurite explain "w*x +" --at w=1,x=1', /expected/i],
    ["neurite activations rleu", /rleu/],
    ["neurite approximate", /function/],
    ["neurite reproduce mazr", /mazr/],
    ["neurite reproduce mazur --raet 0.1", /raet/],
    ["neurite reproduce mazur extra", /argument/],
    ["npm run example xro", /xro/],
    ["yarn example xor", /yarn/],
  ])("refuses %s", async (line, says) => {
    await expect(expectUnderstood(line)).rejects.toThrow(says);
  });
});

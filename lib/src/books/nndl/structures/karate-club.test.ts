import { expect, it } from "vitest";
import "../../../tensor/methods.ts";
import { loadKarateClub } from "../../../data/node/karate.ts";
import { claims, train } from "./karate-club.ts";

it("finds whom the members followed", async () => {
  const found = await claims(loadKarateClub);
  expect(found.filter(({ holds }) => !holds)).toEqual([]);
});

it("misses the two members of whom it says so", async () => {
  const { wrong, right, told } = await train(loadKarateClub());
  expect({ wrong, right, told }).toEqual({ wrong: [2, 8], right: 32, told: 2 });
});

it("asks for the club in a sentence", async () => {
  await expect(claims(undefined)).rejects.toThrow("expected a source of the club");
});

import { expect, it } from "vitest";
import "../../../tensor/methods.ts";
import { loadKarateClub } from "../../../data/node/karate.ts";
import { claims } from "./karate-club.ts";

it("finds whom the members followed", async () => {
  const found = await claims(loadKarateClub);
  expect(found.filter(({ holds }) => !holds)).toEqual([]);
});

it("asks for the club in a sentence", async () => {
  await expect(claims(undefined)).rejects.toThrow("expected a source of the club");
});

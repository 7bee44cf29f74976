// Zachary's karate club from the npm package graphology-generators.

import { FileError } from "../../checks/errors.ts";
import type { NdArray } from "../../ops/define.ts";
import { findDataPackage, requireDataPackage } from "./data-package.ts";

/** A graph whose nodes are to be told apart. */
export interface GraphDataset {
  readonly name: string;
  readonly nodes: number;
  /** int32 [2, edges], from where and to where: an edge without direction stands in it both ways. */
  readonly edges: NdArray;
  /** int32 [nodes]: the class of each. */
  readonly y: NdArray;
  readonly classes: number;
}

/** Class numbers are places in this list: whom a member followed when the club split. */
export const KARATE_FACTIONS: readonly string[] = ["Mr. Hi", "Officer"];

const MEMBERS = 34;
const TIES = 78;

/** What the package asks of a class of graphs; this one only takes notes. */
class Notes {
  readonly clubs: string[] = [];
  readonly ties: [number, number][] = [];

  addNode(_member: number, { club }: { readonly club: string }): void {
    this.clubs.push(club);
  }

  addEdgeWithKey(_key: string, a: number, b: number): void {
    this.ties.push([a, b]);
  }

  // What the package looks for, and does not call.
  addUndirectedEdgeWithKey(): void {}
  dropNode(): void {}
}

/**
 * The 34 members of a karate club, the 78 ties between them outside the club, and whom each followed when it
 * split in two (Zachary 1977): member 0 is Mr. Hi, the instructor, and member 33 the officer.
 * @throws FileError when graphology-generators is not installed
 */
export function loadKarateClub(): GraphDataset {
  findDataPackage("graphology-generators"); // names the package to install
  const draw = requireDataPackage("graphology-generators/social/karate-club");
  const { clubs, ties } = (draw as (graph: typeof Notes) => Notes)(Notes);
  const classes = clubs.map((club) => KARATE_FACTIONS.indexOf(club));
  const isMember = (place: number) => Number.isInteger(place) && place >= 0 && place < MEMBERS;
  if (
    clubs.length !== MEMBERS ||
    ties.length !== TIES ||
    classes.includes(-1) ||
    !ties.flat().every(isMember)
  ) {
    throw new FileError(
      "karate club: the package graphology-generators does not hold the 34 members and 78 ties expected",
    );
  }
  const [from, to] = [0, 1].map((end) => ties.map((tie) => tie[end]!)) as [number[], number[]];
  const ends = Int32Array.from([...from, ...to, ...to, ...from]);
  return {
    name: "karate club",
    nodes: MEMBERS,
    edges: { dtype: "int32", shape: [2, 2 * TIES], data: ends },
    y: { dtype: "int32", shape: [MEMBERS], data: Int32Array.from(classes) },
    classes: KARATE_FACTIONS.length,
  };
}

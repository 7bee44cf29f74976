// The job `graphLayout`: where the nodes and edges of a graph are drawn. In the worker, since it takes its time.

export interface Sized {
  readonly id: string;
  readonly width: number;
  readonly height: number;
}

export interface Edge {
  readonly key: string;
  readonly from: string;
  readonly to: string;
}

export interface Box {
  /** Of the middle. */
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

export interface PlacedEdge {
  readonly key: string;
  readonly points: readonly (readonly [x: number, y: number])[];
  /** The middle of its label. */
  readonly label: readonly [x: number, y: number];
}

export interface GraphLayout {
  readonly width: number;
  readonly height: number;
  readonly boxes: Readonly<Record<string, Box>>;
  readonly edges: readonly PlacedEdge[];
}

export interface GraphLayoutJob {
  readonly asks: {
    readonly nodes: readonly Sized[];
    readonly edges: readonly Edge[];
    /** What the label of an edge takes. */
    readonly label: { readonly width: number; readonly height: number };
  };
  readonly gives: GraphLayout;
}

/** The paths of all conformance tests below the folder. */
export declare function listConformanceTests(folder: string): string[];
/** The names of the peers that the files ask for. */
export declare function listPeersOfTests(files: readonly string[]): string[];

/** What the conformance tests are told about this machine. The same as PeerContext in libs/testing/src/peers.ts. */
export declare function describePeers(environment: Readonly<Record<string, string | undefined>>): {
  required: boolean;
  folder: string;
  paths: Record<string, string>;
  environment: Record<string, string>;
};
